package io.bihuan.platform.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How PostgreSQL plans. By itself it plans a statement that asks by a list of ids anew for each list, which takes longer than
 * finding them (docs/adr/0041-plans-of-reads-by-key.md).
 */
@Component
public class StatementPlans {
    private final JdbcClient jdbc;

    StatementPlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the end of the transaction each statement is planned once for all values: for what is read by keys, not for lists. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep() {
        jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
    }
}
