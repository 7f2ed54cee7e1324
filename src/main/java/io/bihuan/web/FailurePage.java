package io.bihuan.web;

import java.util.List;

/** The page that says what went wrong and where to go from here. */
public record FailurePage(int status, String title, String detail, List<String> errors) {
    static FailurePage of(Failure failure) {
        return new FailurePage(
                failure.status().value(),
                failure.title(),
                failure.detail(),
                failure.errors().stream()
                        .map(Failure.Problem::detail)
                        .distinct()
                        .toList());
    }
}
