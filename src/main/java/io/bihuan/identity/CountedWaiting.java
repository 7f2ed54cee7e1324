package io.bihuan.identity;

import io.bihuan.platform.database.StatementPlans;
import io.bihuan.web.WaitingCount;
import io.bihuan.web.WaitingCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts what waits for one person behind several entries, in one statement: it is asked for on every page. */
@Component
class CountedWaiting implements WaitingCounts {
    private final JdbcClient jdbc;
    private final StatementPlans plans;

    CountedWaiting(JdbcClient jdbc, StatementPlans plans) {
        this.jdbc = jdbc;
        this.plans = plans;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Integer> of(List<WaitingCount> waiting, UUID viewer, @Nullable String department) {
        List<String> sums = waiting.stream()
                .filter(each -> !each.queries().isEmpty())
                .map(each -> each.queries().stream().collect(Collectors.joining(") + (", "(", ")")))
                .toList();
        if (sums.isEmpty()) {
            return waiting.stream().map(each -> 0).toList();
        }
        plans.keep();
        List<Integer> counts = jdbc.sql("select " + String.join(", ", sums))
                .param("viewer", viewer)
                .param("department", department)
                .query((row, index) -> {
                    var asked = IntStream.rangeClosed(1, sums.size()).iterator();
                    List<Integer> found = new ArrayList<>();
                    for (WaitingCount each : waiting) {
                        found.add(each.queries().isEmpty() ? 0 : row.getInt(asked.nextInt()));
                    }
                    return found;
                })
                .single();
        return List.copyOf(counts);
    }
}
