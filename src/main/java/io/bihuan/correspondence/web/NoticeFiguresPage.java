package io.bihuan.correspondence.web;

import io.bihuan.correspondence.NoticeFigures;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/**
 * How well the promise of the progress notices is kept.
 *
 * @param part the heading of the first column
 */
public record NoticeFiguresPage(
        String from,
        String until,
        String by,
        String department,
        List<Option> divisions,
        List<Option> departments,
        String part,
        List<Line> lines,
        FieldErrors errors) {
    /**
     * One line of the table.
     *
     * @param kept how many of those that were owed were told in time
     * @param tone a colour of badges
     */
    public record Line(String part, NoticeFigures.Part figures, String kept, String tone) {}
}
