package io.bihuan.intake;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Takes in what other systems send, exactly once: the key of a request and its answer are stored with the complaint. Of two equal
 * requests at once the second waits at the unique key for the first and then reads its answer.
 */
@Component
public class RequestKeys {
    static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    private final Intake intake;
    private final Complaints complaints;
    private final JdbcClient jdbc;
    private final InstantSource time;

    RequestKeys(Intake intake, Complaints complaints, JdbcClient jdbc, InstantSource time) {
        this.intake = intake;
        this.complaints = complaints;
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * A request of a token.
     *
     * @param key the sender's, 1 to 200 visible ASCII characters; null when the sender wants no protection against replay
     * @param bodyHash equal for equal requests only
     */
    public record Request(UUID token, @Nullable String key, byte[] bodyHash) {
        private static final int LONGEST = 200;

        public Request {
            if (key != null && !isKey(key)) {
                throw new IllegalArgumentException("not a request key");
            }
        }

        public static boolean isKey(String key) {
            return !key.isEmpty()
                    && key.length() <= LONGEST
                    && key.chars().allMatch(character -> character > ' ' && character < 0x7f);
        }
    }

    /** What the sender is answered; the complaint is null when it had been registered by an earlier request. */
    public record Answer(
            ComplaintNumber number, String text, @Nullable Complaint complaint) {}

    /** The key stands for another request already. */
    public static final class KeyReused extends Refused {
        KeyReused(ComplaintNumber number) {
            super("intake.refused.key-reused", number.readable());
        }
    }

    /** A complaint with this external number came from the same origin already. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class AlreadyRegistered extends Refused {
        private final ComplaintNumber number;

        AlreadyRegistered(String externalNumber, ComplaintNumber number) {
            super("intake.refused.already-registered", externalNumber, number.readable());
            this.number = number;
        }

        public ComplaintNumber number() {
            return number;
        }
    }

    private record Stored(byte[] bodyHash, ComplaintNumber number, String response) {}

    /**
     * Registers the submission, or gives the answer of the equal request before.
     *
     * @param answering the answer, made before the complaint is stored
     * @throws InvalidSubmission with every wrong field
     * @throws KeyReused when the key came with another body
     * @throws AlreadyRegistered when the external number is known
     */
    public Answer register(Submission submission, Request request, Function<Complaint, String> answering) {
        return register(submission, request, Actor.token(request.token()), answering);
    }

    /** The same for somebody who is no token, such as an agent whose form must not count twice. */
    public Answer register(Submission submission, Request request, Actor actor, Function<Complaint, String> answering) {
        return register(submission, request, actor, answering, (complaint, writes) -> {});
    }

    /** The same with what must be true together with the complaint. */
    public Answer register(
            Submission submission,
            Request request,
            Actor actor,
            Function<Complaint, String> answering,
            BiConsumer<Complaint, Writes> alongside) {
        try {
            return registered(submission, request, actor, answering, alongside);
        } catch (InvalidSubmission invalid) {
            // What was right when the key was new may be wrong by now: a pack changes, a future time passes.
            return earlier(request).orElseThrow(() -> invalid);
        } catch (DuplicateKeyException duplicate) {
            return earlier(request).orElseThrow(() -> known(submission, duplicate));
        }
    }

    private Answer registered(
            Submission submission,
            Request request,
            Actor actor,
            Function<Complaint, String> answering,
            BiConsumer<Complaint, Writes> alongside) {
        var answers = new String[1];
        Complaint complaint = intake.register(submission, actor, (registered, writes) -> {
            answers[0] = answering.apply(registered);
            if (request.key() != null) {
                writes.addOne(
                        """
                        insert into intake.request_key (token_id, key, body_hash, complaint_number, response, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """,
                        request.token(),
                        request.key(),
                        request.bodyHash(),
                        registered.number().digits(),
                        answers[0],
                        time.instant());
            }
            alongside.accept(registered, writes);
        });
        return new Answer(complaint.number(), Objects.requireNonNull(answers[0]), complaint);
    }

    /** The answer that an equal request before was given. */
    public Optional<Answer> answered(Request request) {
        return earlier(request);
    }

    private Optional<Answer> earlier(Request request) {
        if (request.key() == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select body_hash, complaint_number, response from intake.request_key where token_id = :token and key = :key
                        """)
                .param("token", request.token())
                .param("key", request.key())
                .query((row, index) -> new Stored(
                        row.getBytes("body_hash"),
                        new ComplaintNumber(row.getString("complaint_number")),
                        row.getString("response")))
                .optional()
                .map(stored -> {
                    if (!MessageDigest.isEqual(stored.bodyHash(), request.bodyHash())) {
                        throw new KeyReused(stored.number());
                    }
                    return new Answer(stored.number(), stored.response(), null);
                });
    }

    private RuntimeException known(Submission submission, DuplicateKeyException duplicate) {
        String origin = submission.origin();
        String externalNumber = submission.externalNumber();
        if (origin == null || externalNumber == null) {
            return duplicate;
        }
        return complaints
                .find(origin, externalNumber)
                .<RuntimeException>map(number -> new AlreadyRegistered(externalNumber, number))
                .orElse(duplicate);
    }

    /**
     * Forgets keys older than 30 days, at most a thousand; any number of nodes may do so at once.
     *
     * @return how many
     */
    int forgetOld() {
        return jdbc.sql("""
                        delete from intake.request_key where (token_id, key) in
                            (select token_id, key from intake.request_key where created_at < :before
                             order by created_at limit :most for update skip locked)
                        """)
                .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", BATCH)
                .update();
    }
}
