package io.bihuan.regulator.web;

import io.bihuan.clock.Clock;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Milestone;
import io.bihuan.complaint.SettlementWay;
import io.bihuan.identity.Reach;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.regulator.Authority;
import io.bihuan.regulator.RegulatorCase;
import io.bihuan.regulator.RegulatorCases;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The cases that authorities send: the list, a new one, its answer, and the file of answers. */
@Controller
@RequestMapping("/desk/regulator-cases")
class RegulatorCaseController {
    private static final String PATH = "/desk/regulator-cases";
    private static final int ROWS = 50;
    private static final int EVENTS = 500;
    private static final int LONGEST_EXPORT_DAYS = 366;
    /** Later than the time of any case. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final RegulatorCases cases;
    private final Complaints complaints;
    private final Packs packs;
    private final InstantSource time;

    RegulatorCaseController(RegulatorCases cases, Complaints complaints, Packs packs, InstantSource time) {
        this.cases = cases;
        this.complaints = complaints;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping
    Page list(
            @RequestParam(defaultValue = "true") boolean open,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Cursor after = Cursor.read(cursor, 2);
        List<RegulatorCase> rows = open
                ? cases.open(
                        who.reach(),
                        after == null ? null : after.instant(0),
                        after == null ? null : after.id(1),
                        ROWS + 1)
                : cases.sent(
                        who.reach(),
                        Instant.EPOCH,
                        END,
                        after == null ? null : new RegulatorCases.Cut(after.instant(0), after.id(1)),
                        ROWS + 1);
        boolean isMore = rows.size() > ROWS;
        List<RegulatorCase> shown = isMore ? rows.subList(0, ROWS) : rows;
        String list = PATH + "?open=" + open;
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        return Page.of(
                "regulator/cases",
                new RegulatorCasesPage(
                        shown,
                        open,
                        after == null ? null : list,
                        isMore ? list + "&cursor=" + cursor(shown.getLast(), open) : null,
                        today.withDayOfMonth(1).toString(),
                        today.toString()));
    }

    private static String cursor(RegulatorCase last, boolean open) {
        Instant due = last.statedDueAt();
        return Cursor.after(open ? (due == null ? END : due) : last.sentAt(), last.complaintId());
    }

    @GetMapping("/new")
    Page create(Texts t) {
        return Page.of("regulator/new", blank(RegulatorCaseForm.EMPTY, FieldErrors.NONE, t));
    }

    @PostMapping
    Page create(
            @Valid @ModelAttribute RegulatorCaseForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        Authority authority = constant(Authority.class, form.authority());
        Instant sentAt = instant(form.sentAt(), t);
        Instant due = instant(form.statedDueAt(), t);
        if (authority == null && errors.of("authority") == null) {
            errors = errors.with("authority", t.of("web.field.missing"));
        }
        if (sentAt == null && errors.of("sentAt") == null) {
            errors = errors.with("sentAt", t.of("regulator.time.wrong"));
        }
        if (due == null && !form.statedDueAt().isBlank()) {
            errors = errors.with("statedDueAt", t.of("regulator.time.wrong"));
        }
        if (due != null && sentAt != null && due.isBefore(sentAt)) {
            errors = errors.with("statedDueAt", t.of("regulator.due.early"));
        }
        String line =
                form.businessLine().isBlank() ? packs.businessLines().iterator().next() : form.businessLine();
        if (errors.any() || authority == null || sentAt == null) {
            return Page.invalid("regulator/new", blank(form, errors, t));
        }
        Submission.Draft draft = Submission.through(Submission.Door.MESSAGE, line, Channel.REGULATOR)
                .title(form.title())
                .content(form.content())
                .customer(form.name(), form.phone(), null)
                .agent(who.id());
        try {
            RegulatorCases.Registered registered = cases.register(
                    new RegulatorCases.Sent(authority, form.externalNumber(), sentAt, due, draft), who.actor());
            String path = PATH + "/" + registered.number().digits();
            return registered.isNew()
                    ? Page.done(
                            path, "regulator.registered", registered.number().readable())
                    : Page.to(
                            path,
                            Notice.of(
                                    Notice.Tone.INFORMATION,
                                    "regulator.known",
                                    form.externalNumber(),
                                    registered.number().readable()));
        } catch (InvalidSubmission invalid) {
            FieldErrors all = errors;
            for (InvalidSubmission.Problem problem : invalid.problems()) {
                all = all.with(
                        field(problem.pointer()),
                        t.of(problem.messageKey(), problem.arguments().toArray()));
            }
            return Page.invalid("regulator/new", blank(form, all, t));
        }
    }

    private static String field(String pointer) {
        return switch (pointer) {
            case "/receivedAt" -> "sentAt";
            default -> pointer.substring(pointer.lastIndexOf('/') + 1);
        };
    }

    @GetMapping("/{number}")
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of("regulator/case", page(dossier(number, who), null, FieldErrors.NONE, t));
    }

    @PostMapping("/{number}/answer")
    Page answer(
            @PathVariable String number,
            @Valid @ModelAttribute AnswerForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Dossier dossier = dossier(number, who);
        FieldErrors errors = FieldErrors.of(binding, t);
        Instant settledAt = instant(form.settledAt(), t);
        SettlementWay way = constant(SettlementWay.class, form.way());
        if (settledAt == null && errors.of("settledAt") == null) {
            errors = errors.with("settledAt", t.of("regulator.time.wrong"));
        }
        if (settledAt != null && settledAt.isAfter(time.instant())) {
            errors = errors.with("settledAt", t.of("regulator.time.future"));
        }
        if (errors.any() || settledAt == null || way == null) {
            return Page.invalid("regulator/case", page(dossier, form, errors, t));
        }
        try {
            cases.answer(
                    dossier.complaint().number(),
                    dossier.complaint().version(),
                    new Command.AnswerAuthority(settledAt, form.course(), way, form.result()),
                    who.actor());
        } catch (Refused refused) {
            return Page.invalid("regulator/case", page(dossier, form, errors.with("result", t.of(refused)), t));
        }
        return Page.done(PATH + "/" + number, "regulator.answered");
    }

    /** The answers of a time, in the columns that the authorities ask for. */
    @GetMapping("/answers.csv")
    void export(
            @RequestParam String from,
            @RequestParam String until,
            @AuthenticationPrincipal SignedIn who,
            Texts t,
            HttpServletResponse response)
            throws IOException {
        LocalDate first = day(from);
        LocalDate last = day(until);
        if (last.isBefore(first) || first.plusDays(LONGEST_EXPORT_DAYS).isBefore(last)) {
            throw new Refused("regulator.refused.export", LONGEST_EXPORT_DAYS);
        }
        List<RegulatorCase> rows = cases.sent(
                who.reach(),
                first.atStartOfDay(t.zone()).toInstant(),
                last.plusDays(1).atStartOfDay(t.zone()).toInstant(),
                null,
                RegulatorCases.MOST_EXPORTED + 1);
        if (rows.size() > RegulatorCases.MOST_EXPORTED) {
            throw new Refused("regulator.refused.export-many", RegulatorCases.MOST_EXPORTED);
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(t.of("regulator.file", from, until) + ".csv", java.nio.charset.StandardCharsets.UTF_8)
                        .build()
                        .toString());
        PrintWriter out = response.getWriter();
        out.write('\ufeff');
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(List.of(
                        "authority",
                        "externalNumber",
                        "number",
                        "sentAt",
                        "statedDueAt",
                        "settledAt",
                        "course",
                        "way",
                        "result",
                        "answeredAt")
                .stream()
                .map(column -> t.of("regulator.column." + column))
                .toList());
        for (RegulatorCase row : rows) {
            RegulatorCasePage.Answer answer = row.answeredAt() == null ? null : answer(row.number(), t);
            csv.printRecord(
                    t.of(row.authority()),
                    formulaFree(row.externalNumber()),
                    row.number().readable(),
                    t.dateTime(row.sentAt()),
                    t.dateTime(row.statedDueAt()),
                    answer == null ? "" : answer.settledAt(),
                    answer == null ? "" : formulaFree(answer.course()),
                    answer == null ? "" : answer.way(),
                    answer == null ? "" : formulaFree(answer.result()),
                    t.dateTime(row.answeredAt()));
        }
        csv.flush();
    }

    /** A spreadsheet would take such a text for a formula. */
    private static String formulaFree(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private RegulatorCasePage.@Nullable Answer answer(ComplaintNumber number, Texts t) {
        return complaints
                .dossier(number, Integer.MAX_VALUE, EVENTS)
                .map(dossier -> answer(dossier, t))
                .orElse(null);
    }

    private static RegulatorCasePage.@Nullable Answer answer(Dossier dossier, Texts t) {
        for (HistoryEvent event : dossier.events()) {
            if (event.event() instanceof ComplaintEvent.AuthorityAnswered answered) {
                return new RegulatorCasePage.Answer(
                        t.dateTime(answered.settledAt()),
                        Personal.text(answered.course()),
                        t.of(answered.way()),
                        Personal.text(answered.result()),
                        event.at());
            }
        }
        return null;
    }

    private Dossier dossier(String typed, SignedIn who) {
        Reach reach = who.reach();
        return ComplaintNumber.read(typed)
                .flatMap(number -> complaints.dossier(number, Integer.MAX_VALUE, EVENTS))
                .filter(found -> reach.all() || Objects.equals(found.complaint().department(), reach.department()))
                .orElseThrow(() -> new NotFound("complaint " + typed));
    }

    private RegulatorCasePage page(Dossier dossier, @Nullable AnswerForm typed, FieldErrors errors, Texts t) {
        Complaint complaint = dossier.complaint();
        RegulatorCase which =
                cases.find(complaint.id()).orElseThrow(() -> new NotFound("regulator case " + complaint.number()));
        Optional<Clock> clock = dossier.clocks().stream()
                .filter(each -> each.policy().terms().stopOn().contains(Milestone.AUTHORITY_ANSWERED.name()))
                .findFirst();
        return new RegulatorCasePage(
                which,
                Personal.text(complaint.content()),
                clock.map(each -> each.policy().terms().label().in(t.locale())).orElse(null),
                clock.map(Clock::dueAt).orElse(null),
                complaint.outcome() != null,
                answer(dossier, t),
                typed == null ? proposed(dossier, t) : typed,
                Arrays.stream(SettlementWay.values())
                        .map(way -> new Option(way.name(), t.of(way)))
                        .toList(),
                errors);
    }

    /** What the history says already need not be written again. */
    private static AnswerForm proposed(Dossier dossier, Texts t) {
        String course = "";
        String result = "";
        Instant at = null;
        for (HistoryEvent event : dossier.events().reversed()) {
            if (event.event() instanceof ComplaintEvent.Verified verified) {
                course = Personal.text(verified.account());
            } else if (event.event() instanceof ComplaintEvent.Solved solved) {
                result = t.of(solved.outcome()) + t.of("regulator.colon") + Personal.text(solved.measures());
                at = event.at();
            } else if (event.event() instanceof ComplaintEvent.ResultTold) {
                at = event.at();
            }
        }
        return new AnswerForm(
                "",
                at == null
                        ? ""
                        : LocalDateTime.ofInstant(at, t.zone())
                                .withNano(0)
                                .withSecond(0)
                                .toString(),
                course,
                SettlementWay.PHONE.name(),
                result);
    }

    private NewRegulatorCasePage blank(RegulatorCaseForm form, FieldErrors errors, Texts t) {
        return new NewRegulatorCasePage(
                form,
                Arrays.stream(Authority.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                errors);
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instant(String local, Texts t) {
        try {
            return LocalDateTime.parse(local.strip()).atZone(t.zone()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            throw new Refused("regulator.refused.day");
        }
    }
}
