package io.bihuan.bulk.web;

import io.bihuan.bulk.Item;
import io.bihuan.bulk.MessagePart;
import io.bihuan.bulk.Run;
import io.bihuan.bulk.Step;
import io.bihuan.bulk.TaskPart;
import io.bihuan.bulk.Wish;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Worklist;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Saying;
import io.bihuan.platform.Refused;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How runs are told. */
@Component
class RunWords {
    private final Choices choices;
    private final Correspondence correspondence;

    RunWords(Choices choices, Correspondence correspondence) {
        this.choices = choices;
        this.correspondence = correspondence;
    }

    String title(Wish wish, Texts t) {
        return wish.macro() == null ? t.of(wish.deed()) : t.of("bulk.run.macro", wish.macro());
    }

    List<String> steps(Wish wish, Texts t) {
        return wish.steps().stream().map(step -> step(step, wish, t)).toList();
    }

    private String step(Step step, Wish wish, Texts t) {
        return switch (step) {
            case NOTE -> t.of("bulk.does.note", Objects.requireNonNull(wish.note()));
            case TASK -> {
                TaskPart task = Objects.requireNonNull(wish.task());
                yield t.of(
                        "bulk.does.task",
                        task.title(),
                        choices.holder(task, t),
                        t.duration(Duration.ofMinutes(task.minutes())));
            }
            case MESSAGE -> {
                MessagePart message = Objects.requireNonNull(wish.message());
                yield message.words() == null
                        ? t.of("bulk.does.letter", t.of(message.purpose()), Run.HOLD.toMinutes())
                        : t.of("bulk.does.message", t.of(message.purpose()), Run.HOLD.toMinutes());
            }
            case OWNER -> t.of("bulk.does.owner", choices.name(wish.owner(), t), Objects.requireNonNull(wish.reason()));
            case LINK ->
                t.of(
                        "bulk.does.link",
                        ComplaintNumber.read(Objects.requireNonNull(wish.other()))
                                .map(ComplaintNumber::readable)
                                .orElse(""),
                        t.of(Objects.requireNonNull(wish.kind())));
        };
    }

    /** What is particular to one complaint before it is done; nothing where a rule forbids it. */
    List<String> before(Wish wish, Worklist.@Nullable Row row, ComplaintNumber number, Texts t) {
        MessagePart message = wish.message();
        if (message != null) {
            String text = said(message, number);
            return text.isEmpty() ? List.of() : List.of(text);
        }
        return wish.owner() == null || row == null
                ? List.of()
                : List.of(t.of("bulk.owner.from", choices.name(row.owner(), t), choices.name(wish.owner(), t)));
    }

    /** What the customer will read, masked as colleagues see it; empty when it cannot be said. */
    String said(MessagePart message, ComplaintNumber number) {
        try {
            String words = message.words();
            return words != null
                    ? correspondence.filled(number, message.purpose(), words, true)
                    : correspondence
                            .preview(
                                    number,
                                    new Saying(
                                            message.purpose(), null, new UUID(0, 0), null, null, null, Map.of(), null),
                                    true)
                            .map(Correspondence.Preview::text)
                            .orElse("");
        } catch (Refused refused) {
            return "";
        }
    }

    static String tone(Item.State state) {
        return switch (state) {
            case READY -> "blue";
            case DONE -> "green";
            case UNABLE, REFUSED -> "red";
            case UNDONE -> "secondary";
            case KEPT -> "orange";
        };
    }

    static String tone(Run.State state) {
        return switch (state) {
            case DRAFT -> "secondary";
            case RUNNING, HELD -> "blue";
            case DONE -> "green";
            case FAILED -> "red";
        };
    }
}
