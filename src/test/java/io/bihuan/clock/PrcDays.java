package io.bihuan.clock;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The days off and the make-up working days of the People's Republic of China in 2025 and 2026, as the State Council announced them
 * (国办发明电〔2024〕12号, 国办发明电〔2025〕7号); written out here so that a wrong file of the application cannot hide.
 */
final class PrcDays {
    static final Set<LocalDate> OFF = days(
            "2025-01-01/2025-01-01",
            "2025-01-28/2025-02-04",
            "2025-04-04/2025-04-06",
            "2025-05-01/2025-05-05",
            "2025-05-31/2025-06-02",
            "2025-10-01/2025-10-08",
            "2026-01-01/2026-01-03",
            "2026-02-15/2026-02-23",
            "2026-04-04/2026-04-06",
            "2026-05-01/2026-05-05",
            "2026-06-19/2026-06-21",
            "2026-09-25/2026-09-27",
            "2026-10-01/2026-10-07");
    static final Set<LocalDate> MAKE_UP = days(
            "2025-01-26/2025-01-26",
            "2025-02-08/2025-02-08",
            "2025-04-27/2025-04-27",
            "2025-09-28/2025-09-28",
            "2025-10-11/2025-10-11",
            "2026-01-04/2026-01-04",
            "2026-02-14/2026-02-14",
            "2026-02-28/2026-02-28",
            "2026-05-09/2026-05-09",
            "2026-09-20/2026-09-20",
            "2026-10-10/2026-10-10");

    private PrcDays() {}

    private static Set<LocalDate> days(String... periods) {
        var days = new TreeSet<LocalDate>();
        for (String period : periods) {
            List<LocalDate> ends =
                    List.of(LocalDate.parse(period.substring(0, 10)), LocalDate.parse(period.substring(11)));
            ends.getFirst().datesUntil(ends.getLast().plusDays(1)).forEach(days::add);
        }
        return days;
    }
}
