package io.bihuan.dossier;

import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.web.Terms;
import io.bihuan.complaint.web.Timeline;
import io.bihuan.complaint.web.TimelineEntry;
import io.bihuan.dossier.DossierContent.Chapter;
import io.bihuan.dossier.DossierContent.Line;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the files of complaints together from their histories. */
@Component
public class Dossiers {
    /** The signed part of the links to the customer's pages, of the complaint and of a proposal. */
    private static final Pattern LINK = Pattern.compile("(/[tp]/)[-_.0-9A-Za-z]{20,}");

    private static final int PAGE = 500;

    private final Complaints complaints;
    private final ComplaintFiles files;
    private final CaseTelling telling;
    private final Packs packs;
    private final Staff staff;

    Dossiers(Complaints complaints, ComplaintFiles files, CaseTelling telling, Packs packs, Staff staff) {
        this.complaints = complaints;
        this.files = files;
        this.telling = telling;
        this.packs = packs;
        this.staff = staff;
    }

    /** The file as it stands now; what happened to the file itself does not belong to it. */
    public DossierContent of(Complaint complaint, boolean isRevealed, Texts t) {
        List<HistoryEvent> events = events(complaint.number());
        var terms = new Terms(packs.get(complaint.pack(), complaint.packVersion()), t.locale());
        var timeline = new Timeline(terms, names(events, t), telling, t);
        List<TimelineEntry> entries = timeline.of(events);
        var chapters = new ArrayList<Chapter>();
        for (DossierPart part : DossierPart.values()) {
            chapters.add(new Chapter(
                    part,
                    t.of(part),
                    part == DossierPart.REGISTRATION
                            ? registration(complaint, terms, isRevealed, t)
                            : masked(isRevealed, lines(part, events, entries, t))));
        }
        return new DossierContent(
                t.of("dossier.title", complaint.number().readable()), isRevealed, chapters, files.of(complaint.id()));
    }

    /** Which parts are there, in their order. */
    public static Map<DossierPart, DossierPart.State> completeness(Complaint complaint) {
        return Completeness.of(complaint);
    }

    private List<HistoryEvent> events(ComplaintNumber number) {
        var all = new ArrayList<HistoryEvent>();
        List<HistoryEvent> page;
        do {
            int last = all.isEmpty() ? 0 : all.getLast().sequence();
            page = complaints.history(number, last, PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        all.removeIf(event -> event.event() instanceof DossierEvent);
        return all;
    }

    private Function<Actor, String> names(List<HistoryEvent> events, Texts t) {
        Map<UUID, StaffMember> known = staff.names(Timeline.people(events, telling));
        var words = new HashMap<Actor, String>();
        return actor -> words.computeIfAbsent(actor, each -> switch (each.kind()) {
            case STAFF -> {
                StaffMember member = known.get(UUID.fromString(each.id()));
                yield member == null ? t.of("complaint.actor.unknown") : member.name();
            }
            case TOKEN -> t.of("complaint.actor.token");
            case CUSTOMER -> t.of("complaint.actor.customer");
            case SYSTEM -> t.of("complaint.actor.system");
        });
    }

    private static List<Line> registration(Complaint complaint, Terms terms, boolean isRevealed, Texts t) {
        var lines = new ArrayList<Line>();
        var customer = complaint.customer();
        String name = Personal.valueOf(customer.name());
        String phone = Personal.valueOf(customer.phone());
        String email = Personal.valueOf(customer.email());
        add(lines, t.of("dossier.number"), complaint.number().readable());
        add(lines, t.of("complaint.word.channel"), t.of(complaint.channel()));
        add(lines, t.of("complaint.word.external"), complaint.externalNumber());
        add(lines, t.of("dossier.kind"), t.of(complaint.kind()));
        add(lines, t.of("complaint.word.received"), t.dateTime(complaint.receivedAt()));
        add(lines, t.of("dossier.registered"), t.dateTime(complaint.registeredAt()));
        add(lines, t.of("dossier.customer"), isRevealed ? name : Masks.name(name));
        add(lines, t.of("dossier.phone"), isRevealed ? phone : Masks.phone(phone));
        add(lines, t.of("dossier.email"), isRevealed ? email : Masks.email(email));
        add(lines, t.of("complaint.word.category"), terms.categoryPath(complaint.category()));
        add(lines, t.of("dossier.severity"), t.of(complaint.severity()));
        add(lines, t.of("dossier.priority"), t.of(complaint.priority()));
        add(lines, t.of("complaint.word.department"), terms.department(complaint.department()));
        add(lines, t.of("dossier.subject"), Personal.text(complaint.title()));
        add(lines, t.of("complaint.page.content"), Personal.text(complaint.content()));
        add(lines, t.of("complaint.word.occurred"), t.dateTime(complaint.occurredAt()));
        add(lines, t.of("complaint.word.remedy"), terms.remedy(complaint.remedySought()));
        ProductAnswers.of(complaint, terms.pack())
                .lines(isRevealed, t)
                .forEach(answer -> add(lines, answer.label(), answer.text()));
        return lines;
    }

    private static void add(List<Line> lines, String label, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            lines.add(new Line(label, text));
        }
    }

    private static List<Line> lines(DossierPart part, List<HistoryEvent> events, List<TimelineEntry> entries, Texts t) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < events.size(); i++) {
            if (part == DossierPart.COURSE || part(events.get(i).event()) == part) {
                TimelineEntry entry = entries.get(i);
                String said = entry.quote() == null ? "" : entry.quote();
                String sentence = entry.sentence() == null ? "" : entry.sentence();
                String text = part == DossierPart.COURSE ? sentence : (sentence + "\n" + said).strip();
                lines.add(new Line(
                        t.of("dossier.line", t.dateTime(entry.at()), entry.title()),
                        (entry.who() + "  " + text).strip()));
            }
        }
        return lines;
    }

    /** Whoever holds a link of a customer speaks for him: where his name is covered, so is what makes it valid. */
    private static List<Line> masked(boolean isRevealed, List<Line> lines) {
        return isRevealed
                ? lines
                : lines.stream()
                        .map(line ->
                                new Line(line.label(), LINK.matcher(line.text()).replaceAll("$1…")))
                        .toList();
    }

    /** Where an event is told in full; the course names all of them. */
    private static DossierPart part(ComplaintEvent event) {
        return switch (event) {
            case ComplaintEvent.Verified e -> DossierPart.INVESTIGATION;
            case ComplaintEvent.Solved e -> DossierPart.SOLUTION;
            case ComplaintEvent.ResultTold e -> DossierPart.FEEDBACK;
            case ComplaintEvent.ResultDelivered e -> DossierPart.FEEDBACK;
            case ComplaintEvent.Confirmed e -> DossierPart.FEEDBACK;
            case ComplaintEvent.ResultRefused e -> DossierPart.FEEDBACK;
            case ComplaintEvent.ConfirmationAttempted e -> DossierPart.FEEDBACK;
            case ComplaintEvent.ClosedUnreached e -> DossierPart.FEEDBACK;
            case ComplaintEvent.Withdrawn e -> DossierPart.FEEDBACK;
            case ComplaintEvent.ArrivedClosed e -> DossierPart.FEEDBACK;
            case ComplaintEvent.InformationAdded e -> DossierPart.REGISTRATION;
            case ComplaintEvent.CaseEvent e -> ofNeighbour(e);
            default -> DossierPart.COURSE; // the others are of the course only
        };
    }

    /** By the module that an event is of. */
    private static DossierPart ofNeighbour(ComplaintEvent.CaseEvent event) {
        String module = event.getClass().getPackageName().replaceFirst("^io\\.bihuan\\.", "");
        return switch (module) {
            case "investigation" -> DossierPart.INVESTIGATION;
            case "solution", "compensation" -> DossierPart.SOLUTION;
            case "correspondence" -> DossierPart.FEEDBACK;
            default -> DossierPart.COURSE; // work of people on it, and what other modules note
        };
    }
}
