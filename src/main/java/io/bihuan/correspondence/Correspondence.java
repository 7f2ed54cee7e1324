package io.bihuan.correspondence;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Dispatch;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.CorrespondenceEvent.FewerNoticesExcused;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeMoved;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeTold;
import io.bihuan.correspondence.CorrespondenceEvent.NoticesPlanned;
import io.bihuan.correspondence.CorrespondenceEvent.Told;
import io.bihuan.correspondence.CorrespondenceRows.NoticeRow;
import io.bihuan.message.Category;
import io.bihuan.message.Messages;
import io.bihuan.message.OutgoingMessage;
import io.bihuan.message.SentMessage;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Applies;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.NoticePlan;
import io.bihuan.standard.Placeholder;
import io.bihuan.standard.Playbook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is said to customers in the course of a complaint. */
@Component
public class Correspondence {
    static final String SUBJECT = "complaint";
    private static final int EVENTS = 200;

    /**
     * As the customer reads it first, for a colleague who looks before it goes.
     *
     * @param places that its letter has; what is written beyond them stands at its end
     */
    public record Preview(
            Way way, @Nullable String subject, String text, Set<Placeholder> missing, Set<Placeholder> places) {}

    /**
     * Until when a message waits.
     *
     * @param reason the key of a text
     */
    public record Held(Instant until, @Nullable String reason) {}

    private final Complaints complaints;
    private final Clocks clocks;
    private final Messages messages;
    private final CorrespondenceRows rows;
    private final Writing writing;
    private final Packs packs;
    private final InstantSource time;

    Correspondence(
            Complaints complaints,
            Clocks clocks,
            Messages messages,
            CorrespondenceRows rows,
            Writing writing,
            Packs packs,
            InstantSource time) {
        this.complaints = complaints;
        this.clocks = clocks;
        this.messages = messages;
        this.rows = rows;
        this.writing = writing;
        this.packs = packs;
        this.time = time;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Correspondence at(InstantSource otherTime) {
        return new Correspondence(complaints.at(otherTime), clocks, messages, rows, writing, packs, otherTime);
    }

    // ---- saying ----

    /**
     * Tells the customer by the pack's letter, on the way that he prefers, then on the others. Of one occasion and purpose he is told
     * once, however often this is called.
     *
     * @param values instead of, or beside, what the complaint itself gives
     * @return the message; empty when nobody can be reached: then nothing is recorded
     * @throws Lacking naming each place for which there is nothing; nothing is sent then
     */
    @Transactional
    public Optional<UUID> tell(
            ComplaintNumber number, Purpose purpose, UUID occasion, Map<Placeholder, String> values, Actor actor) {
        return say(number, Saying.letter(purpose, occasion, values), actor);
    }

    /** The same in words of the caller's own. */
    @Transactional
    public Optional<UUID> tell(ComplaintNumber number, Purpose purpose, UUID occasion, String words, Actor actor) {
        return say(number, Saying.words(purpose, occasion, words), actor);
    }

    /** The same, if there is a letter with everything it needs: what is said of itself keeps nobody from anything. */
    @Transactional
    public Optional<UUID> tellIfPossible(ComplaintNumber number, Saying saying, Actor actor) {
        Dossier dossier = dossier(number);
        boolean isPossible =
                !dossier.complaint().isJoined() && dossier.complaint().erasedAt() == null && isWhole(dossier, saying);
        return isPossible ? say(number, saying, actor) : Optional.empty();
    }

    private boolean isWhole(Dossier dossier, Saying saying) {
        try {
            return writing.write(dossier, saying, false)
                    .filter(written -> written.missing().isEmpty())
                    .isPresent();
        } catch (Refused noLetter) {
            return false;
        }
    }

    /** The same, for a colleague who chose letter, language and way. */
    @Transactional
    public Optional<UUID> say(ComplaintNumber number, Saying saying, Actor actor) {
        Dossier dossier = dossier(number);
        UUID id = id(dossier.complaint(), saying);
        Optional<Writing.Written> found = writing.write(dossier, saying, false);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Writing.Written written = found.get();
        if (!written.missing().isEmpty()) {
            throw new Lacking(written.missing());
        }
        complaints.record(number, null, actor, (complaint, writes) -> {
            if (rows.isSaid(complaint.id(), id)) {
                return List.of();
            }
            refuseUntimely(complaint, saying);
            String text = written.first().text();
            Contact way = contact(written.ways().getFirst());
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            SUBJECT,
                            complaint.id(),
                            written.to(),
                            Category.SERVICE,
                            purposeCode(written, saying),
                            written.ways(),
                            written.contents(),
                            null));
            rows.say(writes, complaint.id(), said(id, saying, actor, way, State.PLANNED, text, null));
            return List.of(new Told(id, saying.purpose(), saying.notice(), way, Personal.of(text)));
        });
        return Optional.of(id);
    }

    /**
     * Records what a colleague has told the customer himself: by the phone or in person, by a letter that he posted, or online. What
     * was spoken has been heard; what was written has yet to arrive.
     *
     * @throws Lacking as for what is sent
     */
    @Transactional
    public void spoken(ComplaintNumber number, Saying saying, Contact way, Actor actor) {
        boolean isHeard = isHeard(way);
        State state = isHeard ? State.DELIVERED : State.SENT;
        Dossier dossier = dossier(number);
        UUID id = id(dossier.complaint(), saying);
        Writing.Written written = writing.writeTold(dossier, saying, toldBy(way), false);
        if (!written.missing().isEmpty()) {
            throw new Lacking(written.missing());
        }
        String text = written.first().text();
        if (Said.tellsResult(saying.purpose())) {
            if (!rows.isSaid(dossier.complaint().id(), id)) {
                complaints.perform(
                        number,
                        null,
                        new Command.TellResult(way, text),
                        actor,
                        (complaint, writes) -> rows.say(
                                writes, complaint.id(), said(id, saying, actor, way, state, text, time.instant())));
            }
            return;
        }
        complaints.record(number, null, actor, (complaint, writes) -> {
            if (rows.isSaid(complaint.id(), id)) {
                return List.of();
            }
            refuseUntimely(complaint, saying);
            Instant now = time.instant();
            rows.say(writes, complaint.id(), said(id, saying, actor, way, state, text, now));
            var told = new Told(id, saying.purpose(), saying.notice(), way, Personal.of(text));
            Notice notice = saying.notice();
            if (notice == null) {
                return List.of(told);
            }
            rows.told(writes, complaint.id(), notice, id, now, isHeard);
            return List.of(told, new NoticeTold(notice, id, way, isHeard ? Dispatch.DELIVERED : Dispatch.SENT));
        });
    }

    /** Whether who is told so hears it at once. */
    private static boolean isHeard(Contact way) {
        return way == Contact.PHONE || way == Contact.IN_PERSON;
    }

    /** By whose letter a colleague tells it. */
    private static Way toldBy(Contact way) {
        return switch (way) {
            case PHONE, IN_PERSON -> Way.PHONE;
            case LETTER, ONLINE -> Way.EMAIL;
            case SMS, EMAIL, WECHAT, DIALLED ->
                throw new IllegalArgumentException(way + " is nothing that colleagues tell by");
        };
    }

    /** How it would read; empty when nobody can be reached. */
    @Transactional(readOnly = true)
    public Optional<Preview> preview(ComplaintNumber number, Saying saying, boolean isMasked) {
        return writing.write(dossier(number), saying, isMasked).map(Correspondence::preview);
    }

    /** How it would read where a colleague has told it himself. */
    @Transactional(readOnly = true)
    public Preview previewSpoken(ComplaintNumber number, Saying saying, Contact way, boolean isMasked) {
        return preview(writing.writeTold(dossier(number), saying, toldBy(way), isMasked));
    }

    private static Preview preview(Writing.Written written) {
        return new Preview(
                written.ways().getFirst(),
                written.first().title(),
                written.first().text(),
                written.missing(),
                written.places());
    }

    /**
     * Words of one's own whose places are filled as those of letters are.
     *
     * @param isMasked whether colleagues read it, and the customer does not
     * @throws Lacking naming each place for which there is nothing
     */
    @Transactional(readOnly = true)
    public String filled(ComplaintNumber number, Purpose purpose, String words, boolean isMasked) {
        Dossier dossier = dossier(number);
        Saying saying = Saying.words(purpose, new UUID(0, 0), words);
        Locale language = Writing.language(dossier, saying);
        Map<Placeholder, String> values = writing.values(dossier, saying, isMasked);
        var letter = new Letter("", purpose, Letter.Way.SMS, new Applies(null), null, new Label(words, words));
        Set<Placeholder> missing = letter.missing(language, values);
        if (!missing.isEmpty()) {
            throw new Lacking(missing);
        }
        return letter.text(language, values);
    }

    /** What the complaint itself gives to a letter, as colleagues may read it. */
    @Transactional(readOnly = true)
    public Map<Placeholder, String> values(ComplaintNumber number, Saying saying) {
        return writing.values(dossier(number), saying, true);
    }

    /** In which language the customer is written to, unless somebody chooses another. */
    public Locale language(Complaint complaint) {
        return Tongue.of(complaint);
    }

    /** The letters that can be sent for the complaint. */
    @Transactional(readOnly = true)
    public List<Letter> letters(ComplaintNumber number) {
        return writing.letters(dossier(number), null);
    }

    /** How the customer can be reached, as he wants it first. */
    @Transactional(readOnly = true)
    public List<Way> ways(Complaint complaint) {
        return writing.ways(complaint);
    }

    // ---- notices ----

    /** Moves an open progress notice; its clock moves with it. */
    @Transactional
    public void plan(ComplaintNumber number, Notice notice, Instant at, String why, Actor actor) {
        if (why.isBlank()) {
            throw new Refused("correspondence.refused.reason");
        }
        if (!at.isAfter(time.instant())) {
            throw new Refused("correspondence.refused.past");
        }
        complaints.record(number, null, actor, (complaint, writes) -> {
            PlannedNotice planned = notices(complaint.id()).stream()
                    .filter(each -> each.notice() == notice)
                    .findFirst()
                    .orElseThrow(() -> new Refused("correspondence.refused.unplanned"));
            if (!planned.isOpen()) {
                throw new Refused("correspondence.refused.over");
            }
            if (planned.isLate(time.instant())) {
                throw new Refused("correspondence.refused.late");
            }
            rows.move(writes, complaint.id(), notice, time.instant());
            return List.of(new NoticeMoved(notice, at, Personal.of(why)));
        });
    }

    /** Gives the open notices the times that the playbook and the time until the solution ask for. */
    @Transactional
    public void planAnew(ComplaintNumber number) {
        planAnew(number, Map.of());
    }

    /** The same, when there is something that notices tell: it is told sooner than was planned. */
    @Transactional
    void planAnew(ComplaintNumber number, Map<Notice, Instant> news) {
        complaints.record(number, null, Actor.SYSTEM, (complaint, writes) -> {
            if (!complaint.isOpen() || complaint.kind() != Kind.COMPLAINT) {
                return List.of();
            }
            Map<Notice, NoticeRow> told = rows.notices(complaint.id());
            var known = new EnumMap<Notice, Instant>(Notice.class);
            known.putAll(news);
            told.forEach((notice, row) -> {
                if (row.knownAt() != null) {
                    known.put(notice, row.knownAt());
                }
            });
            news.forEach((notice, at) -> rows.known(writes, complaint.id(), notice, at));
            Set<Notice> moved = told.entrySet().stream()
                    .filter(entry -> entry.getValue().isMoved())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
            Map<Notice, Instant> changes = ProgressPlan.changes(
                    noticePlan(complaint), clocks.of(complaint.id()), moved, known, time.instant());
            return changes.isEmpty() ? List.of() : List.of(new NoticesPlanned(changes));
        });
    }

    /** What the playbook says of the notices of a complaint. */
    NoticePlan noticePlan(Complaint complaint) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        Playbook playbook = Guidance.of(pack, complaint.category()).playbook();
        return playbook == null ? NoticePlan.USUAL : playbook.notices();
    }

    /** Records why a complaint is closed with fewer notices than were promised. */
    @Transactional
    public void excuse(ComplaintNumber number, String reason, Actor actor) {
        if (reason.isBlank()) {
            throw new Refused("correspondence.refused.reason");
        }
        complaints.record(number, null, actor, (complaint, writes) -> {
            int told = rows.told(complaint.id());
            if (!NoticeRule.needsReason(complaint, clocks.of(complaint.id()), told)) {
                throw new Refused("correspondence.refused.not-fewer");
            }
            rows.excuse(writes, complaint.id(), told, time.instant());
            return List.of(new FewerNoticesExcused(told, Personal.of(reason)));
        });
    }

    /** Whether the complaint may only be closed with a reason that nobody has given yet. */
    @Transactional(readOnly = true)
    public boolean needsExcuse(Complaint complaint) {
        return !rows.isExcused(complaint.id())
                && NoticeRule.needsReason(complaint, clocks.of(complaint.id()), rows.told(complaint.id()));
    }

    /** Those of a complaint, in their order; none before it is assessed, or when it is no complaint. */
    @Transactional(readOnly = true)
    public List<PlannedNotice> notices(UUID complaintId) {
        List<Clock> known = clocks.of(complaintId);
        Map<Notice, NoticeRow> told = rows.notices(complaintId);
        return Arrays.stream(Notice.values())
                .flatMap(notice -> known.stream()
                        .filter(clock -> clock.name().equals(notice.clock()))
                        .reduce((earlier, later) -> later)
                        .map(clock -> planned(notice, clock, told.get(notice)))
                        .stream())
                .toList();
    }

    private static PlannedNotice planned(Notice notice, Clock clock, @Nullable NoticeRow row) {
        return row == null
                ? new PlannedNotice(notice, clock.dueAt(), clock.state(), false, null, null, null, null)
                : new PlannedNotice(
                        notice,
                        clock.dueAt(),
                        clock.state(),
                        row.isMoved(),
                        row.knownAt(),
                        row.message(),
                        row.toldAt(),
                        row.deliveredAt());
    }

    /**
     * How far the notices of a complaint have come.
     *
     * @param ready the first of which there is something to tell that the customer does not know yet
     */
    public record Progress(int told, @Nullable Notice ready) {}

    /** In one read. */
    @Transactional(readOnly = true)
    public Progress progress(Complaint complaint) {
        Map<Notice, NoticeRow> known = rows.notices(complaint.id());
        int told = Math.toIntExact(
                known.values().stream().filter(row -> row.toldAt() != null).count());
        Notice ready = known.entrySet().stream()
                .filter(each -> each.getValue().knownAt() != null
                        && each.getValue().toldAt() == null
                        && complaint.runningClocks().containsKey(each.getKey().clock()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        return new Progress(told, ready);
    }

    /** What was said, the newest first. */
    @Transactional(readOnly = true)
    public List<Said> said(UUID complaintId, int limit) {
        return rows.said(complaintId, limit);
    }

    /**
     * Takes back what has not left us yet and is not so any more.
     *
     * @param before only what was said until then; null: all of it
     * @return the messages that nobody will get
     */
    @Transactional
    Set<UUID> takeBack(UUID complaintId, Set<Purpose> purposes, @Nullable Instant before) {
        return rows.waiting(complaintId, purposes).stream()
                .filter(said -> before == null || !said.at().isAfter(before))
                .map(Said::message)
                .filter(messages::cancel)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whose owner the customer still takes for his, for none of these messages about a change reached him; empty for none. */
    Optional<UUID> ownerBefore(Complaint complaint, int sequence, Set<UUID> unsent) {
        if (unsent.isEmpty()) {
            return Optional.empty();
        }
        return complaints.history(complaint.number(), 0, sequence).stream()
                .filter(event -> unsent.contains(id(complaint, ownerChange(event.id()))))
                .flatMap(event -> event.event() instanceof ComplaintEvent.OwnershipTransferred transferred
                        ? Stream.of(transferred.from())
                        : Stream.empty())
                .findFirst();
    }

    static Saying ownerChange(UUID event) {
        return Saying.letter(Purpose.OWNER_CHANGED, event, Map.of());
    }

    /** What holds a message, and until when; empty when nothing does any more. */
    @Transactional(readOnly = true)
    public Optional<Held> held(Said said) {
        return said.state() != State.HELD
                ? Optional.empty()
                : messages.find(said.message())
                        .filter(message -> message.state() == State.HELD)
                        .flatMap(message -> message.nextAt() == null
                                ? Optional.empty()
                                : Optional.of(new Held(message.nextAt(), reason(message))));
    }

    // ---- inside ----

    private static @Nullable String reason(SentMessage message) {
        return message.attempts().stream()
                .filter(attempt -> attempt.way() == message.way())
                .findFirst()
                .map(SentMessage.Attempt::error)
                .orElse(null);
    }

    private Dossier dossier(ComplaintNumber number) {
        return complaints.dossier(number, Integer.MAX_VALUE, EVENTS).orElseThrow(() -> new Complaints.Unknown(number));
    }

    /** Told once: by whichever message. */
    private void refuseUntimely(Complaint complaint, Saying saying) {
        Notice notice = saying.notice();
        if (notice != null) {
            NoticeRow row = rows.notices(complaint.id()).get(notice);
            if ((row != null && row.toldAt() != null) || rows.isUnderWay(complaint.id(), notice)) {
                throw new Refused("correspondence.refused.told");
            }
        }
        if (!complaint.isOpen() && saying.purpose() != Purpose.CLOSING) {
            throw new Refused("correspondence.refused.closed");
        }
        if (Said.tellsResult(saying.purpose()) && complaint.stage() != Stage.FEEDBACK) {
            throw new Refused("correspondence.refused.no-result");
        }
    }

    private Said said(
            UUID id, Saying saying, Actor actor, Contact way, State state, String text, @Nullable Instant sent) {
        return new Said(
                id,
                saying.purpose(),
                saying.notice(),
                actor,
                way,
                state,
                text,
                time.instant(),
                sent,
                state.hasArrived() ? sent : null,
                null,
                null);
    }

    /** The same for the same occasion, so that it is said once. */
    private static UUID id(Complaint complaint, Saying saying) {
        return UUID.nameUUIDFromBytes(
                (complaint.id() + "/" + saying.purpose() + "/" + saying.occasion()).getBytes(StandardCharsets.UTF_8));
    }

    private static String purposeCode(Writing.Written written, Saying saying) {
        return written.letter() == null
                ? saying.purpose().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                : written.letter().name();
    }

    /** What the complaint calls a way. */
    public static Contact contact(Way way) {
        return switch (way) {
            case SMS -> Contact.SMS;
            case EMAIL -> Contact.EMAIL;
            case WECHAT -> Contact.WECHAT;
            case PHONE -> Contact.PHONE;
        };
    }

    /** The event of a page entry, if it is still in the history as it was then. */
    Optional<HistoryEvent> event(ComplaintNumber number, int sequence) {
        return complaints.history(number, sequence - 1, 1).stream().findFirst();
    }

    /** Whether somebody stood up for the complaint before this event: only then the customer knows of an owner. */
    boolean hadOwner(ComplaintNumber number, int sequence) {
        return complaints.history(number, 0, Math.max(1, sequence - 1)).stream()
                .filter(event -> event.sequence() < sequence)
                .map(HistoryEvent::event)
                .anyMatch(ComplaintEvent.OwnershipConfirmed.class::isInstance);
    }
}
