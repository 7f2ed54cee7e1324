package io.bihuan.complaint.web;

import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import io.bihuan.web.LiveNews;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Tells open pages which complaints changed, on whatever node that happened: follows the history. */
@Component
class ComplaintNews implements LiveNews {
    static final String TOPIC = "changes";

    private static final Duration POLL = Duration.ofMillis(250);
    private static final int PAGE = 500;

    private final Feed feed;
    private final Epochs epochs;

    ComplaintNews(@Qualifier("complaintFeed") Feed feed, Epochs epochs) {
        this.feed = feed;
        this.epochs = epochs;
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private Position position = feed.newest(epochs.current());

            @Override
            public void read(Audience audience) throws InterruptedException {
                List<Feed.Entry> page = feed.after(position, epochs.current(), PAGE);
                if (!page.isEmpty()) {
                    position = page.getLast().position();
                    Map<UUID, Integer> versions = new HashMap<>();
                    page.forEach(entry -> versions.merge(entry.subjectId(), entry.sequence(), Math::max));
                    audience.tell(TOPIC, versions);
                }
                if (page.size() < PAGE) {
                    Thread.sleep(POLL);
                }
            }
        };
    }
}
