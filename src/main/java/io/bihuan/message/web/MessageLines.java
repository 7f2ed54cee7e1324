package io.bihuan.message.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.message.Content;
import io.bihuan.message.MessageSubjects;
import io.bihuan.message.MessageSubjects.Named;
import io.bihuan.message.Messages.Line;
import io.bihuan.message.Recipient;
import io.bihuan.message.SentMessage;
import io.bihuan.message.Way;
import io.bihuan.privacy.Masks;
import io.bihuan.web.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages as lists show them: named by those who know what they are about, for who may see that. */
@Component
class MessageLines {
    private final List<MessageSubjects> subjects;

    MessageLines(List<MessageSubjects> subjects) {
        this.subjects = subjects;
    }

    /** Who sees only some complaints sees only their messages. */
    List<MessageLine> of(List<Line> lines, SignedIn who, boolean withText, Texts t) {
        Map<UUID, Named> names = names(lines, who);
        return lines.stream()
                .filter(line ->
                        who.reach().all() || names.containsKey(line.message().subjectId()))
                .map(line -> line(line, names.get(line.message().subjectId()), withText, t))
                .toList();
    }

    private Map<UUID, Named> names(List<Line> lines, SignedIn who) {
        var names = new HashMap<UUID, Named>();
        for (MessageSubjects each : subjects) {
            var ids = lines.stream()
                    .map(Line::message)
                    .filter(message -> message.subject().equals(each.subject()))
                    .map(SentMessage::subjectId)
                    .collect(Collectors.toSet());
            if (!ids.isEmpty()) {
                names.putAll(each.named(ids, who));
            }
        }
        return names;
    }

    private MessageLine line(Line line, @Nullable Named about, boolean withText, Texts t) {
        SentMessage message = line.message();
        Content content = withText ? line.content() : null;
        String title = content == null ? null : content.title();
        return new MessageLine(
                message.id(),
                about,
                purpose(message, t),
                message.category(),
                masked(line.to(), message.way()),
                title == null ? "" : title,
                content == null ? "" : content.text(),
                message.way(),
                message.state(),
                message.createdAt(),
                message.sentAt(),
                message.arrivedAt(),
                message.nextAt(),
                message.attempts().stream()
                        .map(attempt -> MessageLine.step(message, attempt, error(attempt.error(), t)))
                        .toList());
    }

    private String purpose(SentMessage message, Texts t) {
        String key = subjects.stream()
                .filter(each -> each.subject().equals(message.subject()))
                .findFirst()
                .map(each -> each.purposeKey(message.purpose()))
                .orElse("message.purpose." + message.purpose());
        return key != null && t.has(key) ? t.of(key) : t.of("message.purpose.other");
    }

    private static String error(@Nullable String error, Texts t) {
        return error == null
                ? ""
                : error.startsWith("message.error.") && t.has(error)
                        ? t.of(error)
                        : t.of("message.error.provider", error);
    }

    private static String masked(@Nullable Recipient to, Way way) {
        if (to == null) {
            return "";
        }
        return switch (way) {
            case SMS, PHONE -> Masks.phone(to.phone());
            case EMAIL -> Masks.email(to.email());
            case WECHAT -> Masks.phone(to.phone());
        };
    }
}
