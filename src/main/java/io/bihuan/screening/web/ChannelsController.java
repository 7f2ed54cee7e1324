package io.bihuan.screening.web;

import io.bihuan.complaint.Channel;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.ChannelDuties.ChannelDuty;
import io.bihuan.intake.DutyRoster;
import io.bihuan.intake.SourceStates;
import io.bihuan.intake.SourceStates.SourceState;
import io.bihuan.intake.WaitingMessages;
import io.bihuan.intake.WaitingMessages.Count;
import io.bihuan.intake.WaitingMessages.Figures;
import io.bihuan.intake.WaitingMessages.Hours;
import io.bihuan.intake.WaitingMessages.Unread;
import io.bihuan.pack.Packs;
import io.bihuan.screening.Screeners;
import io.bihuan.screening.web.ChannelsPage.DutyForm;
import io.bihuan.screening.web.ChannelsPage.DutyPage;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The channels: who screens each, how fast that goes, whether what feeds them works. */
@Controller
class ChannelsController {
    private static final String PATH = "/desk/channels";
    private static final char MARK = '\uFEFF';
    private static final int LONGEST_MINUTES = 100_000;
    /** Below, a share in time is shown in red; from the second on in green. */
    private static final double POOR = 0.9;

    private static final double GOOD = 0.95;

    private final ChannelDuties duties;
    private final DutyRoster roster;
    private final SourceStates sources;
    private final WaitingMessages waiting;
    private final Screeners screeners;
    private final Packs packs;

    ChannelsController(
            ChannelDuties duties,
            DutyRoster roster,
            SourceStates sources,
            WaitingMessages waiting,
            Screeners screeners,
            Packs packs) {
        this.duties = duties;
        this.roster = roster;
        this.sources = sources;
        this.waiting = waiting;
        this.screeners = screeners;
        this.packs = packs;
    }

    @GetMapping(PATH)
    Page list(@RequestParam(defaultValue = "1") int days, @AuthenticationPrincipal SignedIn who, Texts t) {
        int asked = days(days);
        return Page.of(
                "screening/channels",
                new ChannelsPage(
                        duties(t),
                        sources(),
                        asked,
                        lines(asked, t),
                        who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR)));
    }

    private static int days(int asked) {
        return ChannelsPage.DAYS.contains(asked) ? asked : ChannelsPage.DAYS.getFirst();
    }

    private List<ChannelsPage.Duty> duties(Texts t) {
        Map<Channel, Count> counts = waiting.counts().stream().collect(Collectors.toMap(Count::channel, each -> each));
        List<ChannelDuty> all = Arrays.stream(Channel.values()).map(duties::of).toList();
        var people = new HashSet<@Nullable UUID>();
        all.forEach(duty -> {
            people.add(duty.screener());
            people.add(duty.deputy());
        });
        Map<UUID, String> names = screeners.names(new ArrayList<>(people));
        return all.stream()
                .map(duty -> {
                    Count count = counts.get(duty.channel());
                    String line = duty.businessLine();
                    return new ChannelsPage.Duty(
                            duty.channel(),
                            name(duty.screener(), names),
                            isHere(duty.screener()),
                            name(duty.deputy(), names),
                            isHere(duty.deputy()),
                            line == null || !packs.businessLines().contains(line)
                                    ? ""
                                    : packs.line(line).name().in(t.locale()),
                            duty.screensFirst(),
                            duty.acceptMinutes(),
                            count == null ? 0 : count.waiting(),
                            count == null ? 0 : count.late());
                })
                .toList();
    }

    private static String name(@Nullable UUID person, Map<UUID, String> names) {
        return person == null ? "" : names.getOrDefault(person, "");
    }

    private boolean isHere(@Nullable UUID person) {
        return person != null && roster.isHere(person);
    }

    private List<ChannelsPage.Source> sources() {
        Map<String, SourceState> states =
                sources.all().stream().collect(Collectors.toMap(SourceState::source, each -> each));
        Map<String, Unread> unread = waiting.unread().stream().collect(Collectors.toMap(Unread::source, each -> each));
        var all = new TreeMap<String, ChannelsPage.Source>();
        states.forEach((name, state) -> all.put(name, new ChannelsPage.Source(name, state, unread.get(name))));
        unread.forEach((name, left) -> all.putIfAbsent(name, new ChannelsPage.Source(name, states.get(name), left)));
        return List.copyOf(all.values());
    }

    private List<ChannelsPage.Line> lines(int days, Texts t) {
        Map<Channel, Map<Hours, Figures>> parts = new EnumMap<>(Channel.class);
        for (Figures part : waiting.figures(Duration.ofDays(days), t.zone())) {
            parts.computeIfAbsent(part.channel(), channel -> new EnumMap<>(Hours.class))
                    .put(part.hours(), part);
        }
        return waiting.wholeFigures(Duration.ofDays(days)).stream()
                .map(whole -> {
                    Map<Hours, Figures> of = parts.getOrDefault(whole.channel(), Map.of());
                    return new ChannelsPage.Line(
                            whole.channel(),
                            whole.received(),
                            whole.opened(),
                            whole.added(),
                            whole.parked(),
                            whole.decided(),
                            minutes(whole.medianMinutes()),
                            minutes(whole.slowMinutes()),
                            share(whole),
                            tone(whole),
                            Arrays.stream(Hours.values())
                                    .map(hours -> {
                                        Figures part = of.get(hours);
                                        return part == null ? "—" : share(part);
                                    })
                                    .toList());
                })
                .toList();
    }

    /** The share of those that have been taken up in time, or are late. */
    private static @Nullable Double inTime(Figures figures) {
        long judged = figures.inTime() + figures.late();
        return judged == 0 ? null : (double) figures.inTime() / judged;
    }

    private static String share(Figures figures) {
        Double share = inTime(figures);
        return share == null ? "—" : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private static String tone(Figures figures) {
        Double share = inTime(figures);
        return share == null ? "secondary" : share < POOR ? "red" : share < GOOD ? "yellow" : "green";
    }

    private static String minutes(@Nullable Double minutes) {
        return minutes == null ? "—" : String.format(Locale.ROOT, minutes < 10 ? "%.1f" : "%.0f", minutes);
    }

    /** The same for a spreadsheet, each part of the week on a line of its own. */
    @GetMapping(PATH + "/figures.csv")
    void table(@RequestParam(defaultValue = "1") int days, HttpServletResponse response, Texts t) throws IOException {
        int asked = days(days);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(t.of("screening.figures.file", asked) + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(
                t.of("screening.word.channel"),
                t.of("screening.figures.hours"),
                t.of("screening.figures.received"),
                t.of("screening.figures.opened"),
                t.of("screening.figures.added"),
                t.of("screening.figures.parked"),
                t.of("screening.figures.decided"),
                t.of("screening.figures.in-time"),
                t.of("screening.figures.late"),
                t.of("screening.figures.median"),
                t.of("screening.figures.slow"),
                t.of("screening.figures.share"));
        for (Figures each : waiting.wholeFigures(Duration.ofDays(asked))) {
            line(csv, t.of("screening.figures.all-hours"), each, t);
        }
        for (Figures each : waiting.figures(Duration.ofDays(asked), t.zone())) {
            line(csv, t.of("screening.hours." + each.hours().name()), each, t);
        }
        csv.flush();
    }

    private static void line(CSVPrinter csv, String hours, Figures each, Texts t) throws IOException {
        csv.printRecord(
                t.of(each.channel()),
                hours,
                each.received(),
                each.opened(),
                each.added(),
                each.parked(),
                each.decided(),
                each.inTime(),
                each.late(),
                minutes(each.medianMinutes()),
                minutes(each.slowMinutes()),
                share(each));
    }

    @GetMapping(PATH + "/{channel}/duty")
    Page edit(@PathVariable String channel, Texts t) {
        ChannelDuty duty = duties.of(channel(channel));
        UUID screener = duty.screener();
        UUID deputy = duty.deputy();
        String line = duty.businessLine();
        return page(
                duty.channel(),
                new DutyForm(
                        screener == null ? "" : screener.toString(),
                        deputy == null ? "" : deputy.toString(),
                        line == null ? "" : line,
                        duty.screensFirst() ? "true" : "",
                        String.valueOf(duty.acceptMinutes())),
                FieldErrors.NONE,
                t);
    }

    @PostMapping(PATH + "/{channel}/duty")
    Page update(@PathVariable String channel, @ModelAttribute DutyForm form, Texts t) {
        Channel of = channel(channel);
        FieldErrors errors = FieldErrors.NONE;
        String wrong = t.of("screening.duty.wrong.person");
        UUID screener = person(form.screener());
        UUID deputy = person(form.deputy());
        if (screener == null && !Objects.toString(form.screener(), "").isEmpty()) {
            errors = errors.with("screener", wrong);
        }
        if (deputy == null && !Objects.toString(form.deputy(), "").isEmpty()) {
            errors = errors.with("deputy", wrong);
        }
        if (deputy != null && screener == null) {
            errors = errors.with("screener", t.of("screening.duty.wrong.no-screener"));
        }
        if (deputy != null && deputy.equals(screener)) {
            errors = errors.with("deputy", t.of("screening.duty.wrong.same"));
        }
        String line = Objects.toString(form.businessLine(), "");
        if (!line.isEmpty() && !packs.businessLines().contains(line)) {
            errors = errors.with("businessLine", t.of("web.field.missing"));
        }
        int minutes = minutes(form.minutes());
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            errors = errors.with("minutes", t.of("screening.duty.wrong.minutes", LONGEST_MINUTES));
        }
        if (errors.any()) {
            return page(of, form, errors, t);
        }
        duties.set(new ChannelDuty(
                of, screener, deputy, line.isEmpty() ? null : line, "true".equals(form.screensFirst()), minutes));
        return Page.done(PATH, "screening.duty.saved", t.of(of));
    }

    private @Nullable UUID person(@Nullable String id) {
        try {
            UUID person = UUID.fromString(Objects.toString(id, ""));
            return screeners.may(person) ? person : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int minutes(@Nullable String typed) {
        try {
            return Integer.parseInt(Objects.toString(typed, ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Channel channel(String name) {
        return Arrays.stream(Channel.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("channel " + name));
    }

    private Page page(Channel channel, DutyForm form, FieldErrors errors, Texts t) {
        var page = new DutyPage(
                channel,
                form,
                screeners.all().stream().map(ChannelsController::option).toList(),
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                errors);
        return errors.any() ? Page.invalid("screening/duty", page) : Page.of("screening/duty", page);
    }

    private static Option option(StaffMember member) {
        return new Option(member.id().toString(), member.name());
    }
}
