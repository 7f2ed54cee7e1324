package io.bihuan.compensation;

import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Destroys the keys of names, accounts, reasons and codes of an erased complaint; amounts stay, and a code in a hand is still good. */
@Component
class CompensationErasure implements Follower {
    private final JdbcClient jdbc;

    CompensationErasure(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "compensation-erasure";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        UUID[] erased = page.stream()
                .filter(entry -> entry.type().equals("Erased"))
                .map(Feed.Entry::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        if (erased.length == 0) {
            return;
        }
        jdbc.sql("""
                update compensation.granted set data_key = null, reason = null, end_note = null, code = null
                where complaint_id = any(:erased)
                """).param("erased", erased).update();
        jdbc.sql("""
                update compensation.payout set data_key = null, payee_name = null, payee_bank = null, payee_account = null, failure = null
                where complaint_id = any(:erased)
                """).param("erased", erased).update();
    }
}
