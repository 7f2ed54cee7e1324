package io.bihuan.teamwork;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How often a complaint went from hand to hand. */
@Component
public class Counts {
    /**
     * What its history adds up to.
     *
     * @param handOvers changes of its owner, and of whoever had one of its tasks
     * @param returns stages it was sent back, and tasks that came back
     */
    public record Tally(int handOvers, int returns) {}

    private final JdbcClient jdbc;

    Counts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public Tally of(UUID complaintId) {
        return jdbc.sql("""
                        select count(*) filter (where type in ('OwnershipTransferred', 'TaskHandedOver')) as hand_overs,
                            count(*) filter (where type in ('Returned', 'TaskReturned')) as returns
                        from complaint.api_event where complaint_id = ?
                        """)
                .param(complaintId)
                .query((row, number) -> new Tally(row.getInt("hand_overs"), row.getInt("returns")))
                .single();
    }
}
