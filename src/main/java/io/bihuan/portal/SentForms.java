package io.bihuan.portal;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes each form in once, however often it is sent: by a double click, by going back, by a browser that sends again. The token of
 * the form is stored with the complaint, so of two equal forms at once the second waits at the unique key and then finds the first.
 */
@Component
class SentForms {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    SentForms(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    /**
     * What became of a form.
     *
     * @param isRepeated whether it had been taken in before
     * @param isChanged whether something else was written in it the first time
     */
    record Sent(ComplaintNumber number, boolean isRepeated, boolean isChanged) {}

    /**
     * Does what a form asks, unless it was done.
     *
     * @param content all that the customer wrote in it
     * @param action gets what it must write together with its own changes
     */
    Sent once(FormToken token, String content, Function<BiConsumer<Complaint, Writes>, Complaint> action) {
        byte[] hash = Objects.requireNonNull(keys.blindIndex("portal-form", content));
        Optional<Sent> before = find(token, hash);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Complaint changed = action.apply((complaint, writes) -> writes.addOne(
                    """
                    insert into portal.sent_form (form_token, content_hash, complaint_number, sent_at) values (?, ?, ?, ?)
                    """,
                    token.id(),
                    hash,
                    complaint.number().digits(),
                    time.instant()));
            return new Sent(changed.number(), false, false);
        } catch (DuplicateKeyException duplicate) {
            return find(token, hash).orElseThrow(() -> duplicate);
        }
    }

    Optional<Sent> find(FormToken token, String content) {
        return find(token, Objects.requireNonNull(keys.blindIndex("portal-form", content)));
    }

    private Optional<Sent> find(FormToken token, byte[] hash) {
        return jdbc.sql("select complaint_number, content_hash from portal.sent_form where form_token = :token")
                .param("token", token.id())
                .query((row, index) -> new Sent(
                        new ComplaintNumber(Objects.requireNonNull(row.getString("complaint_number"))),
                        true,
                        !MessageDigest.isEqual(hash, row.getBytes("content_hash"))))
                .optional();
    }

    /** Forgets forms of more than a month ago, at most a thousand; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
                        delete from portal.sent_form where form_token in
                            (select form_token from portal.sent_form where sent_at < :before
                             order by sent_at limit :most for update skip locked)
                        """)
                .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", BATCH)
                .update();
    }
}
