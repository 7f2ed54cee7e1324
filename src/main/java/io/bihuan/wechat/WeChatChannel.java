package io.bihuan.wechat;

import io.bihuan.message.Errand;
import io.bihuan.message.MessageChannel;
import io.bihuan.message.Outcome;
import io.bihuan.message.Way;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages in the conversation that the complaint came out of: said once for each errand, and with the platform's word in front of the
 * customer.
 */
@Component
class WeChatChannel implements MessageChannel {
    private final WeChatSettings settings;
    private final Conversations conversations;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final InstantSource time;

    WeChatChannel(
            WeChatSettings settings,
            Conversations conversations,
            JdbcClient jdbc,
            DataSource database,
            TransactionTemplate transaction,
            InstantSource time) {
        this.settings = settings;
        this.conversations = conversations;
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = transaction;
        this.time = time;
    }

    @Override
    public Way way() {
        return Way.WECHAT;
    }

    @Override
    public boolean isReady() {
        return !settings.all().isEmpty();
    }

    @Override
    public Duration settling() {
        return Duration.ZERO;
    }

    @Override
    public Outcome send(Errand errand) {
        Optional<Conversations.Found> found = conversation(errand);
        if (found.isEmpty()) {
            return new Outcome.Refused("message.error.noConversation");
        }
        Instant heard = found.get().conversation().heardAt();
        if (heard == null || time.instant().isAfter(heard.plus(Outgoing.WINDOW))) {
            return new Outcome.Refused("message.error.silent");
        }
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            conversations.say(
                    writes,
                    found.get(),
                    errand.id(),
                    errand.subjectId(),
                    errand.content().text());
            writes.send(database);
        });
        return new Outcome.Taken();
    }

    private Optional<Conversations.Found> conversation(Errand errand) {
        return conversations
                .of(errand.subjectId())
                .filter(found -> settings.find(found.conversation().account()).isPresent());
    }

    @Override
    public Outcome ask(Errand errand) {
        return jdbc.sql("select state, ended_at, error from wechat.outgoing where occasion = :id order by id limit 1")
                .param("id", errand.id())
                .query((row, number) -> outcome(row))
                .optional()
                .orElseGet(() -> new Outcome.NotKnown(true));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        return switch (Outgoing.State.valueOf(row.getString("state"))) {
            case WAITING -> new Outcome.Taken();
            case SENT -> new Outcome.Arrived(Objects.requireNonNull(Conversations.instant(row, "ended_at")), false);
            case REFUSED, FAILED ->
                new Outcome.Refused(Objects.requireNonNullElse(row.getString("error"), "message.error.notDelivered"));
        };
    }

    @Override
    public boolean withdraw(Errand errand) {
        Instant now = time.instant();
        // One whose time is within the length of a lease may just be going out.
        return jdbc.sql("""
            update wechat.outgoing set state = 'FAILED', ended_at = :now, error = 'message.error.late'
            where occasion = :id and state = 'WAITING' and (ready_at <= :now or ready_at > :leased)
            """)
                        .param("id", errand.id())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("leased", now.plus(Outgoing.LEASE).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
