package io.bihuan.complaint.web;

import io.bihuan.complaint.Stage;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;

/**
 * Complaints that may be about the same matter as one, where nobody has said yet whether they are.
 *
 * @param path of the page of that one
 * @param version of it
 * @param ways in which another complaint can be tied to it
 */
public record SimilarCard(String path, int version, List<Line> lines, List<Option> ways) {
    /** {@code why} are the words for the reasons. */
    public record Line(TiesCard.Named number, String title, Stage stage, Instant receivedAt, List<String> why) {}
}
