package io.bihuan.telephony.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** Which telephone stands before whom. */
public record ExtensionsPage(
        String extension, String staff, List<Line> lines, List<Option> people, FieldErrors errors) {
    public record Line(String extension, String name) {}
}
