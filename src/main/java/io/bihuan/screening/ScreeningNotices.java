package io.bihuan.screening;

import io.bihuan.complaint.Complaint;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWatcher;
import io.bihuan.message.Bundles;
import io.bihuan.message.StaffNotice;
import io.bihuan.message.WaitingNotice;
import io.bihuan.platform.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells screeners what waits for them, many things at once. */
@Component
class ScreeningNotices implements InboxWatcher {
    private static final String BOARD = "/desk/screening";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    /** Why somebody is told; the later, the more it matters. */
    enum Occasion {
        WAITING(0),
        HANDED(1),
        CLIMBED(2);

        private final int weight;

        Occasion(int weight) {
            this.weight = weight;
        }
    }

    private final Bundles bundles;
    private final ChannelDuties duties;
    private final InstantSource time;
    private final ZoneId zone;

    ScreeningNotices(Bundles bundles, ChannelDuties duties, InstantSource time, @Value("${bihuan.zone}") ZoneId zone) {
        this.bundles = bundles;
        this.duties = duties;
        this.time = time;
        this.zone = zone;
    }

    @Override
    public void parked(InboxMessage message, Writes writes) {
        UUID screener = message.screener();
        if (screener != null && message.reason() != null && message.reason().needsAnswer()) {
            tell(
                    Occasion.WAITING,
                    message,
                    List.of(screener),
                    time.instant().plus(duties.of(message.channel()).accept()),
                    "");
        }
    }

    @Override
    public void decided(InboxMessage message, @Nullable Complaint complaint, Writes writes) {
        // What has been decided needs no telling: the board shows it to nobody any more.
    }

    /**
     * Tells people of a message; in the transaction of the caller.
     *
     * @param mark sets occasions of the same message apart
     */
    void tell(Occasion occasion, InboxMessage message, Collection<UUID> people, Instant due, String mark) {
        Instant now = time.instant();
        String name = message.id() + "/" + message.attempts() + "/" + occasion + "/" + mark;
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        String at = TIME.format(due.atZone(zone));
        bundles.add(people.stream()
                .map(person -> new WaitingNotice(
                        new StaffNotice(
                                person,
                                id,
                                "screening.notice." + occasion.name(),
                                List.of(at),
                                BOARD + "/" + message.id(),
                                now),
                        message.id(),
                        occasion.weight,
                        "screening.notice.many." + occasion.name(),
                        BOARD,
                        now))
                .toList());
    }
}
