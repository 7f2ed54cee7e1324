package io.bihuan.wechat;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.platform.Writes;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Phrase;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Brings what the owner asks and the result that is told to the conversation from which the complaint came. */
@Component
class WeChatTelling implements Follower {
    private static final Set<String> TOLD = Set.of("CustomerAsked", "ResultTold");

    private final WeChatSettings settings;
    private final Conversations conversations;
    private final WeChatReader reader;
    private final Wording wording;
    private final Complaints complaints;
    private final DataSource database;

    WeChatTelling(
            WeChatSettings settings,
            Conversations conversations,
            WeChatReader reader,
            Wording wording,
            Complaints complaints,
            DataSource database) {
        this.settings = settings;
        this.conversations = conversations;
        this.reader = reader;
        this.wording = wording;
        this.complaints = complaints;
        this.database = database;
    }

    @Override
    public String name() {
        return "wechat-telling";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        if (settings.all().isEmpty()) {
            return;
        }
        var writes = new Writes();
        for (Feed.Entry entry : page) {
            if (TOLD.contains(entry.type())) {
                conversations
                        .of(entry.subjectId())
                        .ifPresent(found -> complaints.find(List.of(entry.subjectId())).stream()
                                .findFirst()
                                .ifPresent(complaint -> tell(writes, entry, found, complaint)));
            }
        }
        writes.send(database);
    }

    private void tell(Writes writes, Feed.Entry entry, Conversations.Found found, Complaint complaint) {
        settings.find(found.conversation().account())
                .ifPresent(account -> complaints.history(complaint.number(), entry.sequence() - 1, 1).stream()
                        .filter(event -> event.id().equals(entry.position().id()))
                        .forEach(event -> {
                            Phrase said = said(event, complaint, reader.link(account, complaint.number()));
                            if (said != null) {
                                conversations.say(
                                        writes, found, event.id(), complaint.id(), wording.said(List.of(said)));
                            }
                        }));
    }

    private static @Nullable Phrase said(HistoryEvent event, Complaint complaint, String link) {
        return switch (event.event()) {
            case ComplaintEvent.CustomerAsked asked ->
                Phrase.of("wechat.tell.asked", complaint.number().readable(), Personal.text(asked.question()));
            case ComplaintEvent.ResultTold told ->
                Phrase.of("wechat.tell.result", complaint.number().readable(), Personal.text(told.text()), link);
            default -> null; // the others are not asked for
        };
    }
}
