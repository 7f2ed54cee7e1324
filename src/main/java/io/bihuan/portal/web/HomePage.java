package io.bihuan.portal.web;

import io.bihuan.web.Option;
import java.util.List;

/**
 * The first page.
 *
 * @param lines the business lines, empty when there is nothing to choose
 */
public record HomePage(
        String line,
        List<Option> lines,
        String hotline,
        String hotlineHours,
        List<Passage> ways,
        List<Passage> steps,
        List<String> principles,
        List<Promised> promises,
        List<ExternalBody> bodies) {
    public record Passage(String title, String text) {}

    public record Promised(String severity, String tone, List<String> words) {}
}
