package io.bihuan.chat;

import io.bihuan.chat.Chat.State;
import io.bihuan.complaint.Attachment;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Phrase;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The chats of customers who have no page here: they ask and talk in a place of their own, which brings what they say. */
@Component
public class VisitorChats {
    /** A visitor whom nobody came to in this time is answered later. */
    static final Duration PATIENCE = Duration.ofMinutes(5);
    /** An agent who has not been seen for so long does not come back to the customers who wrote. */
    static final Duration AGENT_LOST = Duration.ofMinutes(5);
    /** A visitor's chat in which nobody says anything for so long is over. */
    static final Duration SILENT = Duration.ofHours(24);

    /** Lines that are left for the end. */
    private static final int ROOM = 25;

    private static final int MOST_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Keys keys;
    private final ChatRows rows;
    private final ChatLines lines;
    private final ChatTelling telling;
    private final ChatDuty duty;
    private final ChatCallBacks callBacks;
    private final Chats chats;
    private final InstantSource time;

    VisitorChats(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Keys keys,
            ChatRows rows,
            ChatLines lines,
            ChatTelling telling,
            ChatDuty duty,
            ChatCallBacks callBacks,
            Chats chats,
            InstantSource time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.keys = keys;
        this.rows = rows;
        this.lines = lines;
        this.telling = telling;
        this.duty = duty;
        this.callBacks = callBacks;
        this.chats = chats;
        this.time = time;
    }

    /**
     * A customer who has no page here asks for a person.
     *
     * @param id of the chat: the same request again makes no second one
     * @param visitor as {@code source:address}
     * @param texts what he said so far, {@code files} what he sent
     */
    public record Visit(
            UUID id,
            String visitor,
            String businessLine,
            @Nullable String phone,
            List<String> texts,
            List<Attachment> files) {
        public Visit {
            texts = List.copyOf(texts);
            files = List.copyOf(files);
        }
    }

    /**
     * Opens a chat for somebody who has no page here, in the transaction of the caller. Where nobody is, it is a message at once.
     *
     * @param says what is said to him is added here
     */
    public void visit(Visit visit, Writes says) {
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        boolean isAnybodyThere = duty.isAnybodyThere();
        String phone = visit.phone();
        transaction.executeWithoutResult(status -> {
            int opened = jdbc.sql("""
                            insert into chat.chat (id, token_index, address_index, business_line, state, data_key, customer_phone,
                                opened_at, queued_at, customer_seen_at, ended_at, visitor)
                            values (:id, :token, :from, :line, :state, :key, :phone, :now, :now, :now, :ended, :visitor)
                            on conflict do nothing
                            """)
                    .param("id", visit.id())
                    // Nobody has an address that opens it.
                    .param(
                            "token",
                            keys.blindIndex("chat-token", UUID.randomUUID().toString()))
                    .param("from", keys.blindIndex("chat-address", visit.visitor()))
                    .param("line", visit.businessLine())
                    .param("state", (isAnybodyThere ? State.WAITING : State.MESSAGE).name())
                    .param("key", wrapped)
                    .param("phone", phone == null ? null : key.encrypt(ChatRows.readable(phone)))
                    .param("now", now())
                    .param("ended", isAnybodyThere ? null : now())
                    .param("visitor", visit.visitor())
                    .update();
            if (opened == 0) {
                return;
            }
            visit.texts().forEach(text -> lines.addParts(visit.id(), key, UUID.randomUUID(), text));
            visit.files().forEach(file -> lines.addFile(visit.id(), key, UUID.randomUUID(), file));
            Chat chat = rows.find(visit.id()).orElseThrow();
            telling.say(chat, key, isAnybodyThere ? waiting(chat) : nobody(chat), says);
        });
    }

    private Phrase waiting(Chat chat) {
        int before = duty.before(chat);
        return before == 0 ? Phrase.of("chat.visitor.next") : Phrase.of("chat.visitor.waiting", before);
    }

    private static Phrase nobody(Chat chat) {
        return chat.phone() == null
                ? Phrase.of("chat.visitor.nobody")
                : Phrase.of("chat.visitor.nobodyCall", Masks.phone(Personal.text(chat.phone())));
    }

    /** The chat that a visitor is in; one that takes no more lines is over. */
    public Optional<Chat> of(String visitor) {
        Optional<Chat> chat = jdbc.sql("""
                        select * from chat.chat where visitor = :visitor and state in ('WAITING', 'TALKING')
                        """)
                .param("visitor", visitor)
                .query((row, number) -> rows.chat(row))
                .optional();
        if (chat.isPresent() && chat.get().lastSequence() > ChatLines.MOST_LINES - ROOM) {
            chats.end(chat.get().id(), null);
            return Optional.empty();
        }
        return chat;
    }

    /** A visitor says something, in the transaction of the caller; the same token again says nothing more. */
    public void says(UUID id, UUID token, String text, List<Attachment> sent) {
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            if (lines.isSaid(id, token)) {
                return;
            }
            chat.refuseOver();
            SubjectKey key = rows.key(id);
            lines.addParts(id, key, token, text);
            for (int i = 0; i < sent.size(); i++) {
                lines.addFile(id, key, i == 0 && text.isBlank() ? token : UUID.randomUUID(), sent.get(i));
            }
        });
    }

    /**
     * Looks after the visitors, whose pages do not tell whether they are there: who waits too long is answered later, who talks with an
     * agent who went away waits again, and where nobody says anything any more it is over.
     */
    public void lookAfter() {
        each("state = 'WAITING' and queued_at < :before", PATIENCE, id -> {
            telling.say(id, nobody(rows.find(id).orElseThrow()));
            jdbc.sql("update chat.chat set state = 'MESSAGE', ended_at = :now where id = :id")
                    .param("now", now())
                    .param("id", id)
                    .update();
        });
        each("""
                state = 'TALKING' and customer_seq > agent_seen_seq and not exists
                (select from chat.agent a where a.staff = agent and a.seen_at > :before)""", AGENT_LOST, id -> {
            telling.say(id, Phrase.of("chat.visitor.again"));
            jdbc.sql("update chat.chat set state = 'WAITING', agent = null, queued_at = :now where id = :id")
                    .param("now", now())
                    .param("id", id)
                    .update();
        });
        each("""
                state = 'TALKING' and (select l.at from chat.line l where l.chat_id = id and l.seq = last_seq) < :before
                """, SILENT, id -> chats.end(rows.find(id).orElseThrow(), null));
        callBacks.makeMissing();
    }

    /**
     * Finds, locks and changes one chat after the other, each in a transaction of its own: what is said in between is seen, another node
     * takes another one, and what fails for one undoes nothing of those before.
     *
     * @param change after which the chat is not one of them any more
     */
    private void each(String which, Duration since, Consumer<UUID> change) {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            boolean isAny = Boolean.TRUE.equals(transaction.execute(status -> {
                Optional<UUID> next = next(which, since);
                next.ifPresent(change);
                return next.isPresent();
            }));
            if (!isAny) {
                return;
            }
        }
    }

    private Optional<UUID> next(String which, Duration since) {
        return jdbc.sql("select id from chat.chat where visitor is not null and state in ('WAITING', 'TALKING') and "
                        + which + " order by queued_at, id limit 1 for update skip locked")
                .param("before", now().minus(since))
                .query(UUID.class)
                .optional();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
