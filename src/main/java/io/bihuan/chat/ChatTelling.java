package io.bihuan.chat;

import io.bihuan.chat.Chat.Side;
import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Bundles;
import io.bihuan.web.Phrase;
import io.bihuan.web.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** What we say in a chat by ourselves, and what reaches a visitor in the place where he talks. */
@Component
class ChatTelling {
    private final DataSource database;
    private final ChatRows rows;
    private final ChatLines lines;
    private final Map<String, Visitors> visitors = new HashMap<>();
    private final Texts t;

    ChatTelling(DataSource database, ChatRows rows, ChatLines lines, List<Visitors> visitors, Bundles bundles) {
        this.database = database;
        this.rows = rows;
        this.lines = lines;
        visitors.forEach(each -> this.visitors.put(each.source(), each));
        // What is written into a record is in the language of the company.
        this.t = bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    /** Something that we say by ourselves: a line, and to a visitor a message. */
    void say(Chat chat, SubjectKey key, Phrase said, Writes says) {
        UUID token = UUID.randomUUID();
        String text = t.of(said);
        lines.add(chat.id(), key, Side.SYSTEM, null, token, text);
        tell(chat, token, text, says);
    }

    void say(UUID id, Phrase said) {
        var writes = new Writes();
        say(rows.find(id).orElseThrow(), rows.key(id), said, writes);
        writes.send(database);
    }

    /** Says what somebody on our page sees anyway. */
    void sayToVisitor(UUID id, Phrase said) {
        if (rows.find(id).orElseThrow().visitor() != null) {
            say(id, said);
        }
    }

    /** Adds to the writes what a visitor hears; the same occasion says it once. */
    void tell(Chat chat, UUID occasion, String text, Writes writes) {
        String visitor = chat.visitor();
        Visitors place = visitor == null ? null : visitors.get(visitor.substring(0, visitor.indexOf(':')));
        if (visitor != null && place != null) {
            place.say(visitor, occasion, text, writes);
        }
    }

    void tellRegistered(Chat chat, Complaint complaint, Writes writes) {
        String visitor = chat.visitor();
        Visitors place = visitor == null ? null : visitors.get(visitor.substring(0, visitor.indexOf(':')));
        if (visitor != null && place != null) {
            place.registered(visitor, complaint, writes);
        }
    }
}
