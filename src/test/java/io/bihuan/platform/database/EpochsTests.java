package io.bihuan.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.TestDatabase;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EpochsTests {
    private final InstantSource time = Clock.systemUTC();

    @Test
    void theFirstStartBeginsTheFirstEpoch() {
        var jdbc = TestDatabase.fresh().jdbcClient();

        assertThat(new Epochs(jdbc, time, true).current()).isEqualTo(1);

        assertThat(jdbc.sql("""
                                select count(*) from platform.epoch
                                where system_identifier = (select system_identifier from pg_control_system())
                                """).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void anotherStartOnTheSameServerStaysInTheEpoch() {
        var jdbc = TestDatabase.fresh().jdbcClient();
        new Epochs(jdbc, time, true);

        assertThat(new Epochs(jdbc, time, true).current()).isEqualTo(1);
        assertThat(rows(jdbc)).isEqualTo(1);
    }

    @Test
    void aMovedDatabaseIsRefusedUntilANewEpochBegins() {
        var jdbc = TestDatabase.fresh().jdbcClient();
        jdbc.sql("insert into platform.epoch values (7, 42, '2026-01-01 00:00:00Z')")
                .update();

        assertThatThrownBy(() -> new Epochs(jdbc, time, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("restored or moved")
                .hasMessageContaining("java -jar bihuan.jar new-epoch");
        assertThat(rows(jdbc)).isEqualTo(1);

        var command = new Epochs(jdbc, time, false);
        assertThat(command.begin()).isEqualTo(8);
        assertThat(command.current()).isEqualTo(8);
        assertThat(new Epochs(jdbc, time, true).current()).isEqualTo(8);
    }

    private static int rows(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from platform.epoch")
                .query(Integer.class)
                .single();
    }
}
