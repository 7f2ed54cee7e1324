package io.bihuan.mail;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.message.Errand;
import io.bihuan.message.MessageChannel;
import io.bihuan.message.Outcome;
import io.bihuan.message.Way;
import io.bihuan.privacy.Keys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Messages by e-mail: stored under the id of the errand, so handing one over twice is once, and sent with all other mails. */
@Component
class MailChannel implements MessageChannel {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COMPLAINT = "complaint";

    private final MailSettings settings;
    private final MailThreads threads;
    private final MailNotices notices;
    private final MailTokens tokens;
    private final Complaints complaints;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;

    MailChannel(
            MailSettings settings,
            MailThreads threads,
            MailNotices notices,
            MailTokens tokens,
            Complaints complaints,
            Keys keys,
            JdbcClient jdbc,
            InstantSource time) {
        this.settings = settings;
        this.threads = threads;
        this.notices = notices;
        this.tokens = tokens;
        this.complaints = complaints;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
    }

    @Override
    public Way way() {
        return Way.EMAIL;
    }

    @Override
    public boolean isReady() {
        return settings.get().smtp() != null;
    }

    @Override
    public boolean confirms() {
        return false;
    }

    @Override
    public Duration settling() {
        return Duration.ZERO;
    }

    @Override
    public Outcome send(Errand errand) {
        String to = errand.to().email();
        if (to == null || !to.matches("[^@\\s<>]{1,64}@[^@\\s<>]{3,190}")) {
            return new Outcome.Refused("message.error.noAddress");
        }
        if (threads.isBad(to)) {
            return new Outcome.Refused("message.error.badAddress");
        }
        Complaint complaint = complaint(errand).orElse(null);
        String title = errand.content().title();
        var mail = new OutgoingMail(
                to,
                replyTo(complaint),
                (title == null ? "" : title).replaceAll("\\p{Cntrl}+", " ").strip(),
                errand.content().text(),
                null,
                List.of());
        byte[] wrapped = keys.newWrapped();
        Instant now = time.instant();
        jdbc.sql("""
            insert into mail.outgoing (id, complaint_id, complaint_number, kind, message_id, recipient_index, content, data_key,
                state, ready_at, created_at)
            values (:id, :complaint, :number, 'MESSAGE', :message, :recipient, :content, :key, 'WAITING', :now, :now)
            on conflict (id) do nothing
            """)
                .param("id", errand.id())
                .param("complaint", complaint == null ? null : complaint.id(), java.sql.Types.OTHER)
                .param("number", complaint == null ? null : complaint.number().digits(), java.sql.Types.VARCHAR)
                .param("message", notices.messageId(errand.id()))
                .param("recipient", threads.index(to))
                .param("content", keys.unwrap(wrapped).encrypt(JSON.writeValueAsString(mail)))
                .param("key", wrapped)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return new Outcome.Taken();
    }

    private Optional<Complaint> complaint(Errand errand) {
        return errand.subject().equals(COMPLAINT)
                ? complaints.find(List.of(errand.subjectId())).stream().findFirst()
                : Optional.empty();
    }

    /** The first box, with the token of the complaint if it takes that: an answer finds its way back. */
    private @Nullable String replyTo(@Nullable Complaint complaint) {
        if (settings.get().boxes().isEmpty()) {
            return null;
        }
        MailProperties.Box box = settings.get().boxes().getFirst();
        int at = box.address().lastIndexOf('@');
        return complaint == null || !box.plusAddressing()
                ? box.address()
                : box.address().substring(0, at) + "+" + tokens.of(complaint.number())
                        + box.address().substring(at);
    }

    @Override
    public Outcome ask(Errand errand) {
        return jdbc.sql("select state, error from mail.outgoing where id = :id")
                .param("id", errand.id())
                .query((row, number) -> outcome(row))
                .optional()
                .orElseGet(() -> new Outcome.NotKnown(true));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        String error = row.getString("error");
        return switch (row.getString("state")) {
            case "WAITING" -> new Outcome.Taken();
            case "SENT" -> new Outcome.Sent(null);
            default -> // FAILED, the only other one
                new Outcome.Refused(Objects.requireNonNullElse(error, "message.error.notDelivered"));
        };
    }

    @Override
    public boolean withdraw(Errand errand) {
        UUID id = errand.id();
        Instant now = time.instant();
        // One whose time is within the length of a lease may just be going out.
        return jdbc.sql("""
            update mail.outgoing set state = 'FAILED', error = 'message.error.late'
            where id = :id and state = 'WAITING' and (ready_at <= :now or ready_at > :leased)
            """)
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("leased", now.plus(MailSending.LEASE).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
