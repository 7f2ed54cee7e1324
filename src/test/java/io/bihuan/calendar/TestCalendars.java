package io.bihuan.calendar;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Calendars for tests of other modules. */
public final class TestCalendars {
    private TestCalendars() {}

    /** The shipped calendars in a database of their own. */
    public static Calendars in(JdbcClient jdbc, InstantSource time) {
        return in(jdbc, time, TransactionOperations.withoutTransaction(), shipped());
    }

    static Calendars in(
            JdbcClient jdbc, InstantSource time, TransactionOperations transactions, ShippedCalendars shipped) {
        var calendars = new Calendars(jdbc, time, shipped, new YearTasks(jdbc, time), transactions);
        calendars.all();
        return calendars;
    }

    static ShippedCalendars shipped() {
        return new ShippedCalendars(
                ShippedCalendars.all(ZoneId.of("Asia/Shanghai"), List.of()), List.of(ShippedFacts.cn()));
    }
}
