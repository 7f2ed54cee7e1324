package io.bihuan.chat;

import io.bihuan.chat.Chat.Line;
import io.bihuan.chat.Chat.Side;
import io.bihuan.chat.Chat.State;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileUse;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Phrase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The conversations of customers with agents, from the first word to the case that comes of it. Who talks with whom is decided by
 * {@link ChatDuty}; whom nobody came to is called back by {@link ChatCallBacks}.
 */
@Component
public class Chats {
    private static final int MOST_OPENED = 10;
    private static final Duration OPENED_WITHIN = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Keys keys;
    private final ChatRows rows;
    private final ChatLines lines;
    private final ChatTelling telling;
    private final ChatDuty duty;
    private final Intake intake;
    private final Complaints complaints;
    private final ComplaintFiles complaintFiles;
    private final InstantSource time;

    Chats(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            Keys keys,
            ChatRows rows,
            ChatLines lines,
            ChatTelling telling,
            ChatDuty duty,
            Intake intake,
            Complaints complaints,
            ComplaintFiles complaintFiles,
            InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.keys = keys;
        this.rows = rows;
        this.lines = lines;
        this.telling = telling;
        this.duty = duty;
        this.intake = intake;
        this.complaints = complaints;
        this.complaintFiles = complaintFiles;
        this.time = time;
    }

    /** Too many chats from one address. */
    @ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
    public static final class TooMany extends Refused {
        TooMany() {
            super("chat.refused.many");
        }
    }

    /** Opens a chat; the answer is the secret part of its address. */
    public String open(String businessLine, String name, String phone, String text, String address) {
        String said = ChatLines.needed(text);
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        byte[] from = Objects.requireNonNull(keys.blindIndex("chat-address", address));
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        OffsetDateTime now = now();
        transaction.executeWithoutResult(status -> {
            int recent = jdbc.sql("select count(*) from chat.chat where address_index = :from and opened_at > :since")
                    .param("from", from)
                    .param("since", now.minus(OPENED_WITHIN))
                    .query(Integer.class)
                    .single();
            if (recent >= MOST_OPENED) {
                throw new TooMany();
            }
            jdbc.sql("""
                            insert into chat.chat (id, token_index, address_index, business_line, state, data_key, customer_name,
                                customer_phone, opened_at, queued_at, customer_seen_at)
                            values (:id, :token, :from, :line, 'WAITING', :key, :name, :phone, :now, :now, :now)
                            """)
                    .param("id", id)
                    .param("token", keys.blindIndex("chat-token", token))
                    .param("from", from)
                    .param("line", businessLine)
                    .param("key", wrapped)
                    .param("name", name.isBlank() ? null : key.encrypt(name.strip()))
                    .param("phone", phone.isBlank() ? null : key.encrypt(ChatRows.readable(phone)))
                    .param("now", now)
                    .update();
            lines.add(id, key, Side.CUSTOMER, null, UUID.randomUUID(), said);
        });
        duty.giveOut();
        return token;
    }

    public Optional<Chat> byToken(String token) {
        return jdbc.sql("select * from chat.chat where token_index = :token")
                .param("token", keys.blindIndex("chat-token", token))
                .query((row, number) -> rows.chat(row))
                .optional();
    }

    public Optional<Chat> find(UUID id) {
        return rows.find(id);
    }

    /** The newest lines, oldest first; the customer does not see what is for colleagues. */
    public List<Line> lines(UUID id, boolean withNotes) {
        return lines.of(id, withNotes);
    }

    /** A file that was sent in a chat. */
    public Optional<FileUse> file(UUID id, String sha256) {
        return lines.file(id, sha256);
    }

    /** The customer's page is open. */
    public void customerSeen(UUID id) {
        jdbc.sql("update chat.chat set customer_seen_at = :now where id = :id and state in ('WAITING', 'TALKING')")
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** The customer says something; the same token again says nothing more. */
    public void customerSays(UUID id, UUID token, String text) {
        String said = ChatLines.needed(text);
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            if (lines.isSaid(id, token)) {
                return;
            }
            chat.refuseOver();
            lines.add(id, rows.key(id), Side.CUSTOMER, null, token, said);
        });
    }

    /** The agent who has the chat says something, to the customer or to colleagues. */
    public void agentSays(UUID id, UUID staff, UUID token, String text, boolean isNote) {
        String said = ChatLines.needed(text);
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            if (lines.isSaid(id, token)) {
                return;
            }
            chat.refuseOver();
            chat.refuseOthers(staff);
            lines.add(id, rows.key(id), isNote ? Side.NOTE : Side.AGENT, staff, token, said);
            if (!isNote) {
                var says = new Writes();
                telling.tell(chat, token, said, says);
                says.send(database);
                jdbc.sql("update chat.chat set answered_at = coalesce(answered_at, :now) where id = :id")
                        .param("now", now())
                        .param("id", id)
                        .update();
            }
        });
    }

    /** The agent has read what the customer wrote. */
    public void agentRead(UUID id, UUID staff) {
        jdbc.sql(
                        "update chat.chat set agent_seen_seq = last_seq where id = :id and agent = :staff and agent_seen_seq < last_seq")
                .param("id", id)
                .param("staff", staff)
                .update();
    }

    /**
     * Hands a chat on with everything that was said.
     *
     * @param to a colleague, or null for the queue, where it keeps its place by the time it was opened
     * @param note what the colleague should know
     */
    public void transfer(UUID id, UUID staff, @Nullable UUID to, String note) {
        String said = ChatLines.needed(note);
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            chat.refuseOver();
            chat.refuseOthers(staff);
            if (staff.equals(to)) {
                throw new Refused("chat.refused.self");
            }
            SubjectKey key = rows.key(id);
            lines.add(id, key, Side.NOTE, staff, UUID.randomUUID(), said);
            telling.say(id, Phrase.of("chat.system.transferred"));
            jdbc.sql("""
                            update chat.chat set agent = :to, state = :state, queued_at = opened_at, agent_seen_seq = 0 where id = :id
                            """)
                    .param("to", to)
                    .param("state", (to == null ? State.WAITING : State.TALKING).name())
                    .param("id", id)
                    .update();
        });
        duty.giveOut();
    }

    /** The transcript becomes a complaint, an inquiry or whatever it is; the agent owns it, and the customer reads its number. */
    public Complaint register(UUID id, UUID staff, Kind kind) {
        Complaint registered = Objects.requireNonNull(transaction.execute(status -> {
            Chat chat = rows.lock(id);
            chat.refuseOver();
            chat.refuseOthers(staff);
            ComplaintNumber known = chat.complaint();
            if (known != null) {
                throw new Refused("chat.refused.registered", known.readable());
            }
            Submission submission = Submission.through(Submission.Door.MESSAGE, chat.businessLine(), Channel.CHAT)
                    .kind(kind)
                    .content(lines.transcript(id, 0))
                    .customer(Personal.valueOf(chat.name()), Personal.valueOf(chat.phone()), null)
                    .attachments(lines.sent(id, 0))
                    .receivedAt(chat.openedAt())
                    .agent(staff)
                    .build();
            Complaint complaint = intake.register(submission, Actor.staff(staff), (made, writes) -> {
                writes.addOne("""
                            update chat.chat set complaint_id = ?, complaint_number = ?, recorded_seq = last_seq where id = ?
                            """, made.id(), made.number().digits(), id);
                telling.tellRegistered(chat, made, writes);
            });
            telling.say(
                    id, Phrase.of("chat.system.registered", complaint.number().readable()));
            return complaint;
        }));
        return registered;
    }

    /** The chat is about a case that there is; what is said becomes part of it when the chat ends. */
    public void join(UUID id, UUID staff, ComplaintNumber number) {
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            chat.refuseOver();
            chat.refuseOthers(staff);
            Complaint complaint = complaints.find(number).orElseThrow(() -> new Complaints.Unknown(number));
            jdbc.sql("update chat.chat set complaint_id = :complaint, complaint_number = :number where id = :id")
                    .param("complaint", complaint.id())
                    .param("number", complaint.number().digits())
                    .param("id", id)
                    .update();
            var writes = new Writes();
            telling.tellRegistered(chat, complaint, writes);
            writes.send(database);
        });
    }

    /** Ends a chat; what was said since it was recorded goes to its case. */
    public void end(UUID id, @Nullable UUID staff) {
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            if (staff != null && !chat.state().isOver()) {
                chat.refuseOthers(staff);
            }
            end(chat, staff);
        });
        duty.giveOut();
    }

    /** The same in the transaction of the caller, who has locked it. */
    void end(Chat chat, @Nullable UUID staff) {
        if (chat.state().isOver()) {
            return;
        }
        UUID id = chat.id();
        telling.sayToVisitor(id, Phrase.of("chat.visitor.ended"));
        ComplaintNumber number = chat.complaint();
        List<Attachment> sent = number == null ? List.of() : lines.sent(id, chat.recordedSequence());
        String rest = number == null ? "" : lines.transcript(id, chat.recordedSequence());
        jdbc.sql("update chat.chat set state = 'ENDED', ended_at = :now, recorded_seq = last_seq where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
        if (number != null && !rest.isBlank()) {
            complaints.performOnLiving(
                    number,
                    new Command.AddInformation(rest, sent),
                    staff == null ? Actor.CUSTOMER : Actor.staff(staff),
                    complaintFiles.used(sent));
        }
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
