package io.bihuan.complaint;

import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.files.Files;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells whoever owns a complaint that the virus scanner found something in one of its files. A file may be scanned before a complaint has it
 * or after: both are looked for, by every node, and a notice that was given is not given again.
 */
@Component
@WhenServing
class InfectedFiles {
    /** Longer than nobody looks. */
    private static final Duration LOOKED_BACK = Duration.ofDays(7);

    private static final int MOST = 500;

    private final ComplaintFiles files;
    private final Complaints complaints;
    private final Notices notices;
    private final InstantSource time;

    InfectedFiles(ComplaintFiles files, Complaints complaints, Notices notices, InstantSource time) {
        this.files = files;
        this.complaints = complaints;
        this.notices = notices;
        this.time = time;
    }

    @Scheduled(initialDelay = 20, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void tell() {
        Instant since = time.instant().minus(LOOKED_BACK);
        List<Files.Infected> found = files.infected(since, MOST);
        if (found.isEmpty()) {
            return;
        }
        Map<UUID, Complaint> known =
                complaints
                        .find(found.stream()
                                .map(each -> each.user().id())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        notices.tell(found.stream()
                .flatMap(each ->
                        Stream.ofNullable(known.get(each.user().id())).map(complaint -> notice(complaint, each)))
                .toList());
    }

    private static StaffNotice notice(Complaint complaint, Files.Infected found) {
        UUID occasion = UUID.nameUUIDFromBytes(
                (complaint.id() + " infected " + found.hash().hex()).getBytes(StandardCharsets.US_ASCII));
        return new StaffNotice(
                complaint.owner(),
                occasion,
                "complaint.notice.infected",
                List.of(complaint.number().readable()),
                "/desk/complaints/" + complaint.number(),
                found.at());
    }
}
