package io.bihuan.telephony.web;

import io.bihuan.telephony.Staffing;
import io.bihuan.telephony.Staffing.Outcome;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** How many agents it takes, for one interval. */
@Controller
class StaffingController {
    private static final int AROUND = 3;
    private static final List<String> INTERVALS = List.of("15", "30", "60");

    /** What somebody typed; the usual values where nothing was. */
    record Query(
            @Nullable String calls,
            @Nullable String minutes,
            @Nullable String handling,
            @Nullable String share,
            @Nullable String target,
            @Nullable String patience,
            @Nullable String shrinkage) {
        Query {
            boolean isFirst = Stream.of(calls, minutes, handling, share, target, patience, shrinkage)
                    .allMatch(each -> each == null);
            calls = isFirst ? "50" : plain(calls);
            minutes = isFirst ? "30" : plain(minutes);
            handling = isFirst ? "300" : plain(handling);
            share = isFirst ? "80" : plain(share);
            target = isFirst ? "20" : plain(target);
            patience = isFirst ? "120" : plain(patience);
            shrinkage = isFirst ? "30" : plain(shrinkage);
        }

        private static String plain(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }

    @GetMapping("/desk/calls/staffing")
    Page show(@ModelAttribute Query query, Texts t) {
        var typed = new HashMap<String, String>();
        typed.put("calls", String.valueOf(query.calls()));
        typed.put("minutes", String.valueOf(query.minutes()));
        typed.put("handling", String.valueOf(query.handling()));
        typed.put("share", String.valueOf(query.share()));
        typed.put("target", String.valueOf(query.target()));
        typed.put("patience", String.valueOf(query.patience()));
        typed.put("shrinkage", String.valueOf(query.shrinkage()));
        var errors = new FieldErrors[] {FieldErrors.NONE};
        double calls = number(typed, "calls", 0, 100_000, errors, t);
        double minutes = INTERVALS.contains(typed.get("minutes"))
                ? Double.parseDouble(String.valueOf(typed.get("minutes")))
                : 30;
        double handling = number(typed, "handling", 1, 36_000, errors, t);
        double share = number(typed, "share", 1, 99.9, errors, t);
        double target = number(typed, "target", 0, 3_600, errors, t);
        Double patience = String.valueOf(typed.get("patience")).isEmpty()
                ? null
                : number(typed, "patience", 1, 36_000, errors, t);
        double shrinkage = number(typed, "shrinkage", 0, 90, errors, t);
        if (errors[0].any()) {
            return Page.invalid("telephony/staffing", page(typed, null, errors[0], t));
        }
        var staffing = new Staffing(calls, seconds(minutes * 60), seconds(handling));
        Duration within = seconds(target);
        Duration gives = patience == null ? null : seconds(patience);
        if (staffing.load() > Staffing.MOST_AGENTS / 2.0) {
            return Page.invalid(
                    "telephony/staffing",
                    page(
                            typed,
                            null,
                            errors[0].with("calls", t.of("telephony.staffing.large", Staffing.MOST_AGENTS / 2)),
                            t));
        }
        Integer patient = staffing.agents(share / 100, within, null);
        Integer impatient = gives == null ? null : staffing.agents(share / 100, within, gives);
        Integer needed = impatient == null ? patient : impatient;
        if (needed == null) {
            return Page.invalid(
                    "telephony/staffing",
                    page(typed, null, errors[0].with("share", t.of("telephony.staffing.never")), t));
        }
        var lines = new ArrayList<StaffingPage.Line>();
        int most = Math.max(needed, patient == null ? needed : patient) + AROUND;
        for (int agents = Math.max(0, needed - AROUND); agents <= most; agents++) {
            Outcome c = staffing.patient(agents, within);
            Outcome a = gives == null ? null : staffing.impatient(agents, within, gives);
            lines.add(new StaffingPage.Line(
                    agents,
                    Staffing.rostered(agents, shrinkage / 100),
                    agents == needed,
                    percent(c.level()),
                    a == null ? "—" : percent(a.level()),
                    a == null ? "—" : percent(a.abandoned()),
                    percent((a == null ? c : a).waiting()),
                    speed((a == null ? c : a).speed(), t),
                    percent((a == null ? c : a).occupancy())));
            if (lines.size() > 60) {
                break;
            }
        }
        return Page.of(
                "telephony/staffing",
                page(
                        typed,
                        new StaffingPage.Result(
                                String.format(Locale.ROOT, "%.2f", staffing.load()),
                                needed,
                                Staffing.rostered(needed, shrinkage / 100),
                                patient,
                                impatient,
                                lines),
                        errors[0],
                        t));
    }

    private static StaffingPage page(
            Map<String, String> typed, StaffingPage.@Nullable Result result, FieldErrors errors, Texts t) {
        return new StaffingPage(
                typed,
                INTERVALS.stream()
                        .map(each -> new Option(each, t.of("web.duration.minutes", each)))
                        .toList(),
                result,
                errors);
    }

    private static double number(
            Map<String, String> typed, String field, double least, double most, FieldErrors[] errors, Texts t) {
        try {
            double number = Double.parseDouble(String.valueOf(typed.get(field)));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        errors[0] = errors[0].with(field, t.of("telephony.staffing.between", plain(least), plain(most)));
        return least;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String speed(@Nullable Double seconds, Texts t) {
        return seconds == null
                ? "∞"
                : t.of("web.duration.seconds", String.format(Locale.ROOT, seconds < 100 ? "%.1f" : "%.0f", seconds));
    }
}
