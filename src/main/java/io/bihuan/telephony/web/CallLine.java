package io.bihuan.telephony.web;

import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identity.StaffMember;
import io.bihuan.privacy.Masks;
import io.bihuan.telephony.Call;
import io.bihuan.telephony.LoggedCall;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as pages show it.
 *
 * @param number masked unless it is the reader's own call; empty when it is withheld
 * @param dial what a telephone dials for it; empty where it is masked
 * @param agent name, or the extension where nobody is known to sit before it
 */
public record CallLine(
        LoggedCall call, String number, String dial, String agent, String tone, String waited, String talked) {
    static CallLine of(LoggedCall call, UUID reader, Map<UUID, StaffMember> people, Texts t) {
        return of(call, reader, people, false, t);
    }

    /** The same for whoever is to call back, too. */
    static CallLine of(LoggedCall call, UUID reader, Map<UUID, StaffMember> people, boolean callsBack, Texts t) {
        String number = call.number();
        boolean isOwn = callsBack || call.isOf(reader);
        StaffMember agent = call.staff() == null ? null : people.get(call.staff());
        return new CallLine(
                call,
                number == null ? "" : isOwn ? PhoneNumbers.readable(number) : Masks.phone(number),
                number == null || !isOwn ? "" : number,
                agent != null ? agent.name() : call.extension() == null ? "" : call.extension(),
                tone(call.state()),
                clock(call.waited()),
                clock(call.talked()));
    }

    private static String tone(Call.State state) {
        return switch (state) {
            case QUEUED, RINGING -> "yellow";
            case TALKING -> "green";
            case HELD -> "blue";
            case ENDED, NOT_REACHED -> "secondary";
            case ABANDONED -> "red";
        };
    }

    /** Minutes and seconds: 0:07, 12:30; hours count as minutes do on a telephone. */
    static String clock(@Nullable Duration length) {
        if (length == null) {
            return "—";
        }
        long seconds = Math.round(length.toMillis() / 1000.0);
        return String.format(java.util.Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
