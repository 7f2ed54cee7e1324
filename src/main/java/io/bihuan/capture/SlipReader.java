package io.bihuan.capture;

import io.bihuan.complaint.Attachment;
import io.bihuan.intake.Alongside;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A slip of paper becomes a complaint of whoever wrote it, with the outlet, the photo and, if there is one, the proxy's paper. */
@Component
class SlipReader implements InboxReader {
    private final Outlets outlets;
    private final Texts t;
    private final ZoneId zone;

    SlipReader(Outlets outlets, Bundles bundles, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.outlets = outlets;
        this.t = bundles.in(Locale.SIMPLIFIED_CHINESE);
        this.zone = zone;
    }

    @Override
    public String source() {
        return Captures.PAPER;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) {
        PaperSlip slip = Captures.JSON.readValue(raw, PaperSlip.class);
        String outlet = outlets.find(slip.outlet()).map(Outlet::name).orElse(slip.outlet());
        var facts = new StringBuilder(slip.text().strip()).append("\n\n");
        facts.append(t.of("capture.slip.fact", outlet, slip.number())).append('\n');
        PaperSlip.Proxy proxy = slip.proxy();
        if (proxy != null) {
            facts.append(t.of("capture.slip.proxy", proxy.name(), proxy.relation(), proxy.phone()))
                    .append('\n');
        }
        List<Attachment> files = Stream.concat(slip.photos().stream(), slip.authorisation().stream())
                .toList();
        LocalDate day = slip.writtenOn();
        // Whoever acts for a customer is whom to call when the customer gave no number.
        String phone = slip.phone().isBlank() && proxy != null ? proxy.phone() : slip.phone();
        return new Reading.Opens(
                Submission.through(
                                Submission.Door.MESSAGE,
                                Objects.requireNonNull(message.businessLine()),
                                message.channel())
                        .content(facts.toString().strip())
                        .customer(slip.name(), phone, null)
                        .occurredAt(day == null ? null : day.atStartOfDay(zone).toInstant())
                        .receivedAt(message.receivedAt())
                        .attachments(files)
                        .build(),
                Alongside.NOTHING);
    }
}
