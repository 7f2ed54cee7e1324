package io.bihuan.capture;

import io.bihuan.complaint.Attachment;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A slip of paper from a box, or what somebody said at a community station.
 *
 * @param number of the slip at its outlet; the same number is the same slip
 * @param writtenOn the day that stands on it
 * @param proxy who speaks for the customer; null when the customer wrote it
 * @param photos of the slip, {@code authorisation} of the proxy's paper
 */
public record PaperSlip(
        String outlet,
        String number,
        @Nullable LocalDate writtenOn,
        String text,
        String name,
        String phone,
        @Nullable Proxy proxy,
        List<Attachment> photos,
        List<Attachment> authorisation,
        UUID enteredBy) {
    /** Somebody who acts for the customer. */
    public record Proxy(String name, String phone, String relation) {}

    public PaperSlip {
        photos = List.copyOf(photos);
        authorisation = List.copyOf(authorisation);
    }
}
