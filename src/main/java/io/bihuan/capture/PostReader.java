package io.bihuan.capture;

import io.bihuan.intake.Alongside;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** A public post becomes a complaint of its author, with where it stood and how far it went. */
@Component
class PostReader implements InboxReader {
    private final Texts t;

    PostReader(Bundles bundles) {
        // What is written into a record is in the language of the company.
        this.t = bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    @Override
    public String source() {
        return Captures.POST;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) {
        PublicPost post = Captures.JSON.readValue(raw, PublicPost.class);
        var facts = new StringBuilder(post.text().strip()).append("\n\n");
        facts.append(t.of("capture.post.fact.platform", post.platform())).append('\n');
        facts.append(t.of("capture.post.fact.url", post.url())).append('\n');
        if (post.reach() != null) {
            facts.append(t.of("capture.post.fact.reach", post.reach())).append('\n');
        }
        return new Reading.Opens(
                Submission.through(
                                Submission.Door.MESSAGE,
                                Objects.requireNonNull(message.businessLine()),
                                message.channel())
                        .content(facts.toString().strip())
                        .customer(post.author(), null, null)
                        .occurredAt(post.postedAt())
                        .receivedAt(message.receivedAt())
                        .attachments(post.screenshots())
                        .build(),
                Alongside.NOTHING);
    }
}
