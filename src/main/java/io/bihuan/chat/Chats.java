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
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Received;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import io.bihuan.web.WaitingCount;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * The conversations of customers with agents. Whoever waits longest is given to the agent with the fewest chats who is there; where nobody
 * is, or nobody comes in time, the customer leaves a message, and a call-back with its clock is made of it. So is one of everybody who
 * went away before somebody came and left a number.
 */
@Component
public class Chats {
    /** After so long without an agent a message is offered. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    public static final int LONGEST_LINE = 2_000;
    public static final int MOST_LINES = 500;

    static final String SOURCE = "chat";
    static final JsonMapper JSON = JsonMapper.shared();
    /** Pages ask every two seconds: who has not asked for so long is away. */
    static final Duration AGENT_AWAY = Duration.ofSeconds(45);

    static final Duration CUSTOMER_AWAY = Duration.ofSeconds(90);
    /** A visitor whom nobody came to in this time is answered later. */
    static final Duration VISITOR_PATIENCE = Duration.ofMinutes(5);
    /** An agent who has not been seen for so long does not come back to the customers who wrote. */
    static final Duration AGENT_LOST = Duration.ofMinutes(5);
    /** A visitor's chat in which nobody says anything for so long is over. */
    static final Duration SILENT = Duration.ofHours(24);

    private static final String FILE_USER = "chat";
    private static final String TAKEN = "chat.visitor.taken";
    /** Lines that are left for the end. */
    private static final int ROOM = 25;

    private static final int MOST_OPENED = 10;
    private static final Duration OPENED_WITHIN = Duration.ofMinutes(10);
    private static final int MOST_CHATS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Keys keys;
    private final Inbox inbox;
    private final Intake intake;
    private final Complaints complaints;
    private final ComplaintFiles complaintFiles;
    private final Files files;
    private final DataSource database;
    private final Map<String, Visitors> visitors = new HashMap<>();
    private final InstantSource time;
    private final Texts t;

    Chats(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            Keys keys,
            Inbox inbox,
            Intake intake,
            Complaints complaints,
            ComplaintFiles complaintFiles,
            Files files,
            List<Visitors> visitors,
            InstantSource time,
            Bundles bundles) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.keys = keys;
        this.inbox = inbox;
        this.intake = intake;
        this.complaints = complaints;
        this.complaintFiles = complaintFiles;
        this.files = files;
        this.database = database;
        visitors.forEach(each -> this.visitors.put(each.source(), each));
        this.time = time;
        // What is written into a record is in the language of the company.
        this.t = bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    /** Too many chats from one address. */
    @ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
    public static final class TooMany extends Refused {
        TooMany() {
            super("chat.refused.many");
        }
    }

    /** A chat as a call-back: what a colleague must know who calls. */
    record LeftMessage(String name, String phone, String text) {}

    /** Opens a chat; the answer is the secret part of its address. */
    public String open(String businessLine, String name, String phone, String text, String address) {
        String said = needed(text);
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
                    .param("phone", phone.isBlank() ? null : key.encrypt(readable(phone)))
                    .param("now", now)
                    .update();
            add(id, key, Side.CUSTOMER, null, UUID.randomUUID(), said);
        });
        giveOut();
        return token;
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
        boolean isAnybodyThere = isAnybodyThere();
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
                    .param("phone", phone == null ? null : key.encrypt(readable(phone)))
                    .param("now", now())
                    .param("ended", isAnybodyThere ? null : now())
                    .param("visitor", visit.visitor())
                    .update();
            if (opened == 0) {
                return;
            }
            visit.texts().forEach(text -> addParts(visit.id(), key, UUID.randomUUID(), text));
            visit.files().forEach(file -> addFile(visit.id(), key, UUID.randomUUID(), file));
            Chat chat = find(visit.id()).orElseThrow();
            system(chat, key, isAnybodyThere ? waitingText(chat) : nobodyText(chat), says);
        });
    }

    private String waitingText(Chat chat) {
        int before = before(chat);
        return before == 0 ? t.of("chat.visitor.next") : t.of("chat.visitor.waiting", before);
    }

    private String nobodyText(Chat chat) {
        return chat.phone() == null
                ? t.of("chat.visitor.nobody")
                : t.of("chat.visitor.nobodyCall", Masks.phone(Personal.text(chat.phone())));
    }

    /** The chat that a visitor is in; one that takes no more lines is over. */
    public Optional<Chat> of(String visitor) {
        Optional<Chat> chat = jdbc.sql("""
                        select * from chat.chat where visitor = :visitor and state in ('WAITING', 'TALKING')
                        """)
                .param("visitor", visitor)
                .query((row, number) -> chat(row))
                .optional();
        if (chat.isPresent() && chat.get().lastSequence() > MOST_LINES - ROOM) {
            end(chat.get().id(), null);
            return Optional.empty();
        }
        return chat;
    }

    /** A visitor says something, in the transaction of the caller; the same token again says nothing more. */
    public void visitorSays(UUID id, UUID token, String text, List<Attachment> sent) {
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            if (isSaid(id, token)) {
                return;
            }
            refuseOver(chat);
            SubjectKey key = key(id);
            addParts(id, key, token, text);
            for (int i = 0; i < sent.size(); i++) {
                addFile(id, key, i == 0 && text.isBlank() ? token : UUID.randomUUID(), sent.get(i));
            }
        });
    }

    private void addParts(UUID id, SubjectKey key, UUID token, String text) {
        String rest = text.strip();
        UUID next = token;
        while (!rest.isEmpty()) {
            int end = rest.offsetByCodePoints(0, Math.min(LONGEST_LINE, rest.codePointCount(0, rest.length())));
            add(id, key, Side.CUSTOMER, null, next, rest.substring(0, end));
            rest = rest.substring(end).strip();
            next = UUID.randomUUID();
        }
    }

    private void addFile(UUID id, SubjectKey key, UUID token, Attachment file) {
        String name = Personal.text(file.name());
        int sequence = add(id, key, Side.CUSTOMER, null, token, name);
        jdbc.sql("""
                        update chat.line set file_sha256 = :sha256, file_type = :type, file_size = :size
                        where chat_id = :id and seq = :seq
                        """)
                .param("sha256", file.sha256())
                .param("type", file.mediaType())
                .param("size", file.size())
                .param("id", id)
                .param("seq", sequence)
                .update();
        var writes = new Writes();
        files.use(writes, new FileUser(FILE_USER, id), new FileHash(file.sha256()), name);
        writes.send(database);
    }

    /** A file that was sent in a chat. */
    public Optional<FileUse> file(UUID id, String sha256) {
        return FileHash.parse(sha256).flatMap(hash -> files.use(new FileUser(FILE_USER, id), hash));
    }

    /** Something that we say by ourselves: a line, and to a visitor a message. */
    private void system(Chat chat, SubjectKey key, String text, Writes says) {
        UUID token = UUID.randomUUID();
        add(chat.id(), key, Side.SYSTEM, null, token, text);
        tell(chat, token, text, says);
    }

    private void system(UUID id, String text) {
        var writes = new Writes();
        system(find(id).orElseThrow(), key(id), text, writes);
        writes.send(database);
    }

    private void systemToVisitor(UUID id, String key) {
        if (find(id).orElseThrow().visitor() != null) {
            system(id, t.of(key));
        }
    }

    private void tell(Chat chat, UUID occasion, String text, Writes writes) {
        String visitor = chat.visitor();
        Visitors place = visitor == null ? null : visitors.get(visitor.substring(0, visitor.indexOf(':')));
        if (visitor != null && place != null) {
            place.say(visitor, occasion, text, writes);
        }
    }

    private void tellRegistered(Chat chat, Complaint complaint, Writes writes) {
        String visitor = chat.visitor();
        Visitors place = visitor == null ? null : visitors.get(visitor.substring(0, visitor.indexOf(':')));
        if (visitor != null && place != null) {
            place.registered(visitor, complaint, writes);
        }
    }

    /** Says something to the visitor of a chat that is over, as an answer to what he left. */
    void answer(Chat chat, UUID occasion, String text, Writes writes) {
        tell(chat, occasion, text, writes);
    }

    private static String readable(String phone) {
        return PhoneNumbers.read(phone).orElse(phone.strip());
    }

    private static String needed(String text) {
        if (text.isBlank()) {
            throw new Refused("chat.refused.blank");
        }
        if (text.codePointCount(0, text.length()) > LONGEST_LINE) {
            throw new Refused("chat.refused.long", LONGEST_LINE);
        }
        return text.strip();
    }

    public Optional<Chat> byToken(String token) {
        return jdbc.sql("select * from chat.chat where token_index = :token")
                .param("token", keys.blindIndex("chat-token", token))
                .query((row, number) -> chat(row))
                .optional();
    }

    public Optional<Chat> find(UUID id) {
        return jdbc.sql("select * from chat.chat where id = :id")
                .param("id", id)
                .query((row, number) -> chat(row))
                .optional();
    }

    /** The newest lines, oldest first; the customer does not see what is for colleagues. */
    public List<Line> lines(UUID id, boolean withNotes) {
        SubjectKey key = key(id);
        return jdbc.sql("""
                        select * from chat.line where chat_id = :id and (:notes or side <> 'NOTE') order by seq desc limit :most
                        """)
                .param("id", id)
                .param("notes", withNotes)
                .param("most", MOST_LINES)
                .query((row, number) -> new Line(
                        row.getInt("seq"),
                        Side.valueOf(row.getString("side")),
                        row.getObject("staff", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        key.decrypt(row.getBytes("text")),
                        file(row, key)))
                .list()
                .reversed();
    }

    private static @Nullable Attachment file(ResultSet row, SubjectKey key) throws SQLException {
        String sha256 = row.getString("file_sha256");
        return sha256 == null
                ? null
                : new Attachment(
                        sha256,
                        Personal.of(key.decrypt(row.getBytes("text"))),
                        Objects.requireNonNull(row.getString("file_type")),
                        row.getLong("file_size"));
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
        String said = needed(text);
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            if (isSaid(id, token)) {
                return;
            }
            refuseOver(chat);
            add(id, key(id), Side.CUSTOMER, null, token, said);
        });
    }

    /** The agent who has the chat says something, to the customer or to colleagues. */
    public void agentSays(UUID id, UUID staff, UUID token, String text, boolean isNote) {
        String said = needed(text);
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            if (isSaid(id, token)) {
                return;
            }
            refuseOver(chat);
            refuseOthers(chat, staff);
            add(id, key(id), isNote ? Side.NOTE : Side.AGENT, staff, token, said);
            if (!isNote) {
                var says = new Writes();
                tell(chat, token, said, says);
                says.send(database);
                jdbc.sql("update chat.chat set answered_at = coalesce(answered_at, :now) where id = :id")
                        .param("now", now())
                        .param("id", id)
                        .update();
            }
        });
    }

    private static void refuseOver(Chat chat) {
        if (chat.state().isOver()) {
            throw new Refused("chat.refused.over");
        }
    }

    private static void refuseOthers(Chat chat, UUID staff) {
        if (!staff.equals(chat.agent())) {
            throw new Refused("chat.refused.others");
        }
    }

    private boolean isSaid(UUID id, UUID token) {
        return jdbc.sql("select exists (select from chat.line where chat_id = :id and token = :token)")
                .param("id", id)
                .param("token", token)
                .query(Boolean.class)
                .single();
    }

    private int add(UUID id, SubjectKey key, Side side, @Nullable UUID staff, UUID token, String text) {
        int sequence = jdbc.sql("""
                        update chat.chat set last_seq = last_seq + 1,
                            customer_seq = case when :side = 'CUSTOMER' then last_seq + 1 else customer_seq end
                        where id = :id returning last_seq
                        """)
                .param("side", side.name())
                .param("id", id)
                .query(Integer.class)
                .single();
        if (sequence > MOST_LINES) {
            throw new Refused("chat.refused.full", MOST_LINES);
        }
        jdbc.sql("""
                        insert into chat.line (chat_id, seq, token, side, staff, at, text)
                        values (:id, :seq, :token, :side, :staff, :now, :text)
                        """)
                .param("id", id)
                .param("seq", sequence)
                .param("token", token)
                .param("side", side.name())
                .param("staff", staff)
                .param("now", now())
                .param("text", key.encrypt(text))
                .update();
        return sequence;
    }

    // ---- agents ----

    /** Whether an agent takes chats now, and how many at once. */
    public record Readiness(boolean isAvailable, int most) {}

    public Readiness readiness(UUID staff) {
        return jdbc.sql("select available, most from chat.agent where staff = :staff")
                .param("staff", staff)
                .query((row, number) -> new Readiness(row.getBoolean("available"), row.getInt("most")))
                .optional()
                .orElse(new Readiness(false, 4));
    }

    public void ready(UUID staff, Readiness readiness) {
        jdbc.sql("""
                        insert into chat.agent (staff, available, most, seen_at, given_at) values (:staff, :available, :most, :now, :now)
                        on conflict (staff) do update set available = excluded.available, most = excluded.most, seen_at = excluded.seen_at
                        """)
                .param("staff", staff)
                .param("available", readiness.isAvailable())
                .param("most", Math.clamp(readiness.most(), 1, 20))
                .param("now", now())
                .update();
        giveOut();
    }

    /** The agent's page is open; gives out what waits. */
    public void agentSeen(UUID staff) {
        jdbc.sql("update chat.agent set seen_at = :now where staff = :staff")
                .param("now", now())
                .param("staff", staff)
                .update();
        giveOut();
    }

    /** The agent has read what the customer wrote. */
    public void agentRead(UUID id, UUID staff) {
        jdbc.sql(
                        "update chat.chat set agent_seen_seq = last_seq where id = :id and agent = :staff and agent_seen_seq < last_seq")
                .param("id", id)
                .param("staff", staff)
                .update();
    }

    /** Whether somebody is there at all. */
    public boolean isAnybodyThere() {
        return jdbc.sql("select exists (select from chat.agent where available and seen_at > :since)")
                .param("since", now().minus(AGENT_AWAY))
                .query(Boolean.class)
                .single();
    }

    /** Gives waiting chats to agents who have room, the longest waiting first, until there are none of one kind. */
    void giveOut() {
        while (Boolean.TRUE.equals(transaction.execute(status -> giveOne()))) {
            // the next one
        }
    }

    private boolean giveOne() {
        Optional<UUID> waiting = jdbc.sql("""
                        select id from chat.chat where state = 'WAITING' order by queued_at, id limit 1 for update skip locked
                        """).query(UUID.class).optional();
        if (waiting.isEmpty()) {
            return false;
        }
        Optional<UUID> agent = jdbc.sql("""
                        select a.staff from chat.agent a
                        where a.available and a.seen_at > :since
                        and (select count(*) from chat.chat c where c.agent = a.staff and c.state = 'TALKING') < a.most
                        order by (select count(*) from chat.chat c where c.agent = a.staff and c.state = 'TALKING'), a.given_at, a.staff
                        limit 1 for update of a skip locked
                        """)
                .param("since", now().minus(AGENT_AWAY))
                .query(UUID.class)
                .optional();
        agent.ifPresent(staff -> {
            jdbc.sql("update chat.chat set state = 'TALKING', agent = :staff, taken_at = :now where id = :id")
                    .param("staff", staff)
                    .param("now", now())
                    .param("id", waiting.get())
                    .update();
            jdbc.sql("update chat.agent set given_at = :now where staff = :staff")
                    .param("now", now())
                    .param("staff", staff)
                    .update();
            systemToVisitor(waiting.get(), TAKEN);
        });
        return agent.isPresent();
    }

    /** The agent's chats, the oldest first. */
    public List<Chat> of(UUID staff) {
        return jdbc.sql("""
                        select * from chat.chat where agent = :staff and state = 'TALKING' order by queued_at, id limit :most
                        """)
                .param("staff", staff)
                .param("most", MOST_CHATS)
                .query((row, number) -> chat(row))
                .list();
    }

    /** Those that wait, the longest waiting first. */
    public List<Chat> waiting() {
        return jdbc.sql("select * from chat.chat where state = 'WAITING' order by queued_at, id limit :most")
                .param("most", MOST_CHATS)
                .query((row, number) -> chat(row))
                .list();
    }

    /** How many stand before this one. */
    public int before(Chat chat) {
        return jdbc.sql("""
                        select count(*) from (select from chat.chat where state = 'WAITING' and (queued_at, id) < (:at, :id) limit 100) b
                        """)
                .param("at", chat.queuedAt().atOffset(ZoneOffset.UTC))
                .param("id", chat.id())
                .query(Integer.class)
                .single();
    }

    /** What waits for an agent: those without one, and what customers wrote in the agent's own. */
    public static final WaitingCount WAITING = new WaitingCount(
            List.of("select count(*) from (select from chat.chat where state = 'WAITING' limit 100) c", """
            select count(*) from chat.chat
            where agent = :viewer and state = 'TALKING' and customer_seq > agent_seen_seq
            """));

    /** An agent takes a waiting chat out of turn. */
    public void take(UUID id, UUID staff) {
        transaction.executeWithoutResult(status -> {
            if (lock(id).state() != State.WAITING) {
                throw new Refused("chat.refused.taken");
            }
            jdbc.sql("update chat.chat set state = 'TALKING', agent = :staff, taken_at = :now where id = :id")
                    .param("staff", staff)
                    .param("now", now())
                    .param("id", id)
                    .update();
            systemToVisitor(id, TAKEN);
        });
    }

    /**
     * Hands a chat on with everything that was said.
     *
     * @param to a colleague, or null for the queue, where it keeps its place by the time it was opened
     * @param note what the colleague should know
     */
    public void transfer(UUID id, UUID staff, @Nullable UUID to, String note) {
        String said = needed(note);
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            refuseOver(chat);
            refuseOthers(chat, staff);
            if (staff.equals(to)) {
                throw new Refused("chat.refused.self");
            }
            SubjectKey key = key(id);
            add(id, key, Side.NOTE, staff, UUID.randomUUID(), said);
            system(id, t.of("chat.system.transferred"));
            jdbc.sql("""
                            update chat.chat set agent = :to, state = :state, queued_at = opened_at, agent_seen_seq = 0 where id = :id
                            """)
                    .param("to", to)
                    .param("state", (to == null ? State.WAITING : State.TALKING).name())
                    .param("id", id)
                    .update();
        });
        giveOut();
    }

    // ---- what comes of it ----

    /** The transcript becomes a complaint, an inquiry or whatever it is; the agent owns it, and the customer reads its number. */
    public Complaint register(UUID id, UUID staff, Kind kind) {
        Complaint registered = Objects.requireNonNull(transaction.execute(status -> {
            Chat chat = lock(id);
            refuseOver(chat);
            refuseOthers(chat, staff);
            ComplaintNumber known = chat.complaint();
            if (known != null) {
                throw new Refused("chat.refused.registered", known.readable());
            }
            Submission submission = Submission.through(Submission.Door.MESSAGE, chat.businessLine(), Channel.CHAT)
                    .kind(kind)
                    .content(transcript(id, 0))
                    .customer(Personal.valueOf(chat.name()), Personal.valueOf(chat.phone()), null)
                    .attachments(sent(id, 0))
                    .receivedAt(chat.openedAt())
                    .agent(staff)
                    .build();
            Complaint complaint = intake.register(submission, Actor.staff(staff), (made, writes) -> {
                writes.addOne("""
                            update chat.chat set complaint_id = ?, complaint_number = ?, recorded_seq = last_seq where id = ?
                            """, made.id(), made.number().digits(), id);
                tellRegistered(chat, made, writes);
            });
            system(id, t.of("chat.system.registered", complaint.number().readable()));
            return complaint;
        }));
        return registered;
    }

    /** The chat is about a case that there is; what is said becomes part of it when the chat ends. */
    public void join(UUID id, UUID staff, ComplaintNumber number) {
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            refuseOver(chat);
            refuseOthers(chat, staff);
            Complaint complaint = complaints.find(number).orElseThrow(() -> new Complaints.Unknown(number));
            jdbc.sql("update chat.chat set complaint_id = :complaint, complaint_number = :number where id = :id")
                    .param("complaint", complaint.id())
                    .param("number", complaint.number().digits())
                    .param("id", id)
                    .update();
            var writes = new Writes();
            tellRegistered(chat, complaint, writes);
            writes.send(database);
        });
    }

    /** Ends a chat; what was said since it was recorded goes to its case. */
    public void end(UUID id, @Nullable UUID staff) {
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            if (chat.state().isOver()) {
                return;
            }
            if (staff != null) {
                refuseOthers(chat, staff);
            }
            systemToVisitor(id, "chat.visitor.ended");
            ComplaintNumber number = chat.complaint();
            List<Attachment> sent = number == null ? List.of() : sent(id, chat.recordedSequence());
            String rest = number == null ? "" : transcript(id, chat.recordedSequence());
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
        });
        giveOut();
    }

    /** The files among the lines after that one. */
    private List<Attachment> sent(UUID id, int after) {
        var sent = new LinkedHashMap<String, Attachment>();
        for (Line line : lines(id, false)) {
            Attachment file = line.file();
            if (file != null && line.sequence() > after) {
                sent.put(file.sha256(), file);
            }
        }
        return sent.values().stream().limit(Submission.MOST_IN_A_MESSAGE).toList();
    }

    private String transcript(UUID id, int after) {
        var text = new StringBuilder();
        for (Line line : lines(id, false)) {
            if (line.sequence() > after && line.side() != Side.SYSTEM) {
                text.append(t.time(line.at()))
                        .append(' ')
                        .append(t.of(line.side()))
                        .append(t.of("chat.colon"))
                        .append(line.text())
                        .append('\n');
            }
        }
        String whole = text.toString().strip();
        return whole.length() <= Submission.LONGEST_CONTENT
                ? whole
                : whole.substring(0, Submission.LONGEST_CONTENT - 1) + "…";
    }

    // ---- nobody came ----

    /** Nobody came: the customer leaves a message, and is called back. */
    public void leaveMessage(UUID id, String name, String phone, String text) {
        if (PhoneNumbers.read(phone).isEmpty()) {
            throw new Refused("chat.refused.phone");
        }
        transaction.executeWithoutResult(status -> {
            Chat chat = lock(id);
            if (chat.state() != State.WAITING) {
                throw new Refused("chat.refused.came");
            }
            SubjectKey key = key(id);
            if (!text.isBlank()) {
                add(id, key, Side.CUSTOMER, null, UUID.randomUUID(), needed(text));
            }
            jdbc.sql("""
                            update chat.chat set state = 'MESSAGE', ended_at = :now, customer_name = :name, customer_phone = :phone
                            where id = :id
                            """)
                    .param("now", now())
                    .param("name", name.isBlank() ? null : key.encrypt(name.strip()))
                    .param("phone", key.encrypt(readable(phone)))
                    .param("id", id)
                    .update();
        });
        callBack(id);
    }

    /**
     * Ends the chats whose customers went away while they waited; who left a number is called back.
     *
     * @return how many
     */
    public int endAbandoned() {
        List<UUID> left = jdbc.sql("""
                        update chat.chat set state = 'LEFT', ended_at = :now
                        where id in (select id from chat.chat where state = 'WAITING' and visitor is null and customer_seen_at < :before
                                     order by queued_at, id limit 100 for update skip locked)
                        returning id
                        """)
                .param("now", now())
                .param("before", now().minus(CUSTOMER_AWAY))
                .query(UUID.class)
                .list(); // bounded: at most a hundred
        left.forEach(this::callBack);
        callBacks();
        return left.size();
    }

    /** Of visitors who found nobody, and of everybody whose node stopped before it was made, the call-back is made now. */
    private void callBacks() {
        jdbc.sql("""
                        select c.id from chat.chat c where c.state in ('LEFT', 'MESSAGE') and c.called_back_at is null
                        and (c.customer_phone is not null or c.visitor is not null)
                        order by c.ended_at, c.id limit 100
                        """).query(UUID.class).list().forEach(this::callBack);
    }

    /**
     * Looks after the visitors, whose pages do not tell whether they are there: who waits too long is answered later, who talks with an
     * agent who went away waits again, and where nobody says anything any more it is over.
     */
    public void lookAfterVisitors() {
        transaction.executeWithoutResult(status -> {
            for (UUID id : visitors("state = 'WAITING' and queued_at < :before", VISITOR_PATIENCE)) {
                system(id, nobodyText(find(id).orElseThrow()));
                jdbc.sql("update chat.chat set state = 'MESSAGE', ended_at = :now where id = :id")
                        .param("now", now())
                        .param("id", id)
                        .update();
            }
        });
        transaction.executeWithoutResult(status -> {
            for (UUID id : visitors("""
                    state = 'TALKING' and customer_seq > agent_seen_seq and not exists
                    (select from chat.agent a where a.staff = agent and a.seen_at > :before)""", AGENT_LOST)) {
                system(id, t.of("chat.visitor.again"));
                jdbc.sql("update chat.chat set state = 'WAITING', agent = null, queued_at = :now where id = :id")
                        .param("now", now())
                        .param("id", id)
                        .update();
            }
        });
        List<UUID> silent = Objects.requireNonNull(transaction.execute(status -> visitors("""
                state = 'TALKING' and (select l.at from chat.line l where l.chat_id = id and l.seq = last_seq) < :before
                """, SILENT)));
        silent.forEach(id -> end(id, null));
        callBacks();
    }

    private List<UUID> visitors(String which, Duration since) {
        return jdbc.sql("select id from chat.chat where visitor is not null and state in ('WAITING', 'TALKING') and "
                        + which + " order by queued_at, id limit 100 for update skip locked")
                .param("before", now().minus(since))
                .query(UUID.class)
                .list();
    }

    private void callBack(UUID id) {
        Chat chat = find(id).orElseThrow();
        if (chat.phone() == null && chat.visitor() == null) {
            return;
        }
        var message = new LeftMessage(Personal.text(chat.name()), Personal.text(chat.phone()), transcript(id, 0));
        inbox.receive(Received.of(
                        Channel.CHAT,
                        SOURCE,
                        id.toString(),
                        chat.openedAt(),
                        "application/json",
                        JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8))
                .withBusinessLine(chat.businessLine()));
        jdbc.sql("update chat.chat set called_back_at = :now where id = :id and called_back_at is null")
                .param("now", now())
                .param("id", id)
                .update();
    }

    // ---- figures ----

    /**
     * What became of the chats opened in a time; times are those to the first answer of a person.
     *
     * @param answeredInMinute of those answered, how many within a minute
     */
    public record Figures(
            int opened,
            int answered,
            int answeredInMinute,
            int left,
            int messages,
            @Nullable Duration median,
            @Nullable Duration ninetieth) {}

    /** Counts at most the newest 10,000 chats since then. */
    public Figures figures(Instant since) {
        return jdbc.sql("""
                        with c as (select state, extract(epoch from answered_at - opened_at) as seconds, answered_at
                                   from chat.chat where opened_at >= :since order by opened_at desc, id desc limit 10000)
                        select count(*) as opened, count(answered_at) as answered,
                            count(*) filter (where seconds <= 60) as in_minute,
                            count(*) filter (where state = 'LEFT') as gone, count(*) filter (where state = 'MESSAGE') as messages,
                            percentile_disc(0.5) within group (order by seconds) as median,
                            percentile_disc(0.9) within group (order by seconds) as ninetieth
                        from c
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Figures(
                        row.getInt("opened"),
                        row.getInt("answered"),
                        row.getInt("in_minute"),
                        row.getInt("gone"),
                        row.getInt("messages"),
                        seconds(row, "median"),
                        seconds(row, "ninetieth")))
                .single();
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    // ---- inside ----

    private Chat lock(UUID id) {
        return jdbc.sql("select * from chat.chat where id = :id for update")
                .param("id", id)
                .query((row, number) -> chat(row))
                .optional()
                .orElseThrow(() -> new Refused("chat.refused.over"));
    }

    private SubjectKey key(UUID id) {
        return keys.unwrap(jdbc.sql("select data_key from chat.chat where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes(1))
                .single());
    }

    private Chat chat(ResultSet row) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        String number = row.getString("complaint_number");
        return new Chat(
                row.getObject("id", UUID.class),
                row.getString("business_line"),
                State.valueOf(row.getString("state")),
                Personal.ofNullable(key.decryptNullable(row.getBytes("customer_name"))),
                Personal.ofNullable(key.decryptNullable(row.getBytes("customer_phone"))),
                row.getObject("agent", UUID.class),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("queued_at", OffsetDateTime.class).toInstant(),
                instant(row, "answered_at"),
                instant(row, "ended_at"),
                row.getObject("customer_seen_at", OffsetDateTime.class).toInstant(),
                row.getInt("last_seq"),
                row.getInt("recorded_seq"),
                Math.max(0, row.getInt("customer_seq") - row.getInt("agent_seen_seq")),
                row.getObject("complaint_id", UUID.class),
                number == null ? null : new ComplaintNumber(number),
                row.getString("visitor"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
