package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.message.Category;
import io.bihuan.message.Content;
import io.bihuan.message.MessageWork;
import io.bihuan.message.Messages;
import io.bihuan.message.OutgoingMessage;
import io.bihuan.message.Recipient;
import io.bihuan.message.SentMessage;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages go out with all other mails, and what became of them is known. */
@NullUnmarked
class MailChannelTests extends MailTest {
    @Autowired
    Messages messages;

    @Autowired
    MessageWork work;

    @Autowired
    DataSource database;

    @Autowired
    TransactionTemplate transaction;

    private UUID say(String to) {
        UUID id = Ids.next();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            "mail-test",
                            Ids.next(),
                            new Recipient(null, to, null, "zh-CN"),
                            Category.SERVICE,
                            "result",
                            List.of(Way.EMAIL),
                            Map.of(Way.EMAIL, Content.of("处理结果", "已完成")),
                            null));
            writes.send(database);
        });
        return id;
    }

    private SentMessage until(UUID id, State state) {
        for (int tries = 0; tries < 1_000; tries++) {
            jdbc.sql(
                            "update message.message set next_at = :now where id = :id and state = 'SENDING' and next_at > :now")
                    .param("now", time.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .update();
            work.work();
            while (sending.sendOne()) {
                // until nothing is due
            }
            SentMessage found = messages.find(id).orElseThrow();
            if (found.state() == state) {
                return found;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("it is " + messages.find(id));
    }

    @Test
    void aMessageIsOneMailAndIsSentWhenTheServerHasIt() {
        try (ScriptedServer server = smtp((word, line) -> false)) {
            settings.use(properties(List.of(), smtp(server.port())));
            String to = somebody();
            UUID id = say(to);
            SentMessage sent = until(id, State.SENT);
            assertThat(sent.attempts().getFirst().isLocal()).isFalse();
            assertThat(server.heard().stream().filter(line -> line.startsWith("RCPT TO:<" + to)))
                    .hasSize(1);
            assertThat(jdbc.sql("select count(*) from mail.outgoing where recipient_index = ?")
                            .param(threads.index(to))
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void anAddressThatBouncedIsNotTriedAgain() {
        settings.use(properties(List.of(), smtp(1)));
        String to = somebody();
        jdbc.sql("insert into mail.bad_address (address_index, status, since) values (?, '5.1.1', ?)")
                .param(threads.index(to))
                .param(time.instant().atOffset(ZoneOffset.UTC))
                .update();
        SentMessage failed = until(say(to), State.FAILED);
        assertThat(failed.attempts().getFirst().error()).isEqualTo("message.error.badAddress");
    }
}
