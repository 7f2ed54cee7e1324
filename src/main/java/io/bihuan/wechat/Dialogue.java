package io.bihuan.wechat;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.privacy.Masks;
import io.bihuan.web.Phrase;
import io.bihuan.wechat.Conversation.Step;
import io.bihuan.wechat.Said.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a conversation becomes a complaint: what follows from one thing said, without a database and without a network. */
final class Dialogue {
    /** How long a draft waits for its customer before it is taken in as it is. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final int LONGEST_SUMMARY = 200;

    /** An open complaint of the conversation, and how the customer recognises it. */
    record Open(ComplaintNumber number, String excerpt, String link) {}

    /**
     * A question that the pack wants answered.
     *
     * @param choices empty when any text is an answer
     * @param check whether a free text can be the answer
     */
    record Ask(String key, String label, List<Choice> choices, Function<String, Boolean> check) {}

    record Choice(String code, String label) {}

    /**
     * What is known beside the conversation.
     *
     * @param phone the number bound to the OpenID
     * @param open the open complaints, the newest first
     * @param missing what the pack wants to know beyond a draft
     * @param bindingLink where the phone can be bound
     */
    record Around(
            @Nullable String phone,
            List<Open> open,
            Function<Draft, Optional<Ask>> missing,
            String bindingLink,
            Instant now) {}

    /** What becomes of it. */
    sealed interface Effect {
        record None(String note) implements Effect {}

        record Opens(Draft draft) implements Effect {}

        record Adds(ComplaintNumber to, Draft draft) implements Effect {}

        /** Talks with a person from now on, who knows what was said so far. */
        record Calls(Draft draft) implements Effect {}

        /** Only a person can tell which complaint is meant. */
        record Asks(Draft draft, List<ComplaintNumber> candidates) implements Effect {}
    }

    /** The conversation after it, what the account says, and what becomes of it. */
    record Turn(Conversation next, List<Phrase> replies, Effect effect) {}

    private final Conversation conversation;
    private final Around around;

    private Dialogue(Conversation conversation, Around around) {
        this.conversation = conversation;
        this.around = around;
    }

    static Turn turn(Conversation conversation, Said said, Around around) {
        var dialogue = new Dialogue(conversation, around);
        return switch (said) {
            case Said.Told told -> dialogue.told(told);
            case Said.Unusable unusable ->
                dialogue.stays("a message that cannot be kept", Phrase.of(unusable.reasonKey()));
            case Said.Subscribed subscribed -> dialogue.stays("subscribed", Phrase.of("wechat.reply.greeting"));
            case Said.Unsubscribed unsubscribed -> dialogue.stays("unsubscribed");
            case Said.Bound bound -> dialogue.bound();
            case Said.Silence silence -> dialogue.silence(silence);
            case Said.Aside aside -> dialogue.stays(aside.note());
        };
    }

    private Turn told(Said.Told told) {
        Word word = told.word();
        if (word != null) {
            switch (word) {
                case MINE -> {
                    return stays("asked for own complaints", mine());
                }
                case BIND -> {
                    return stays("asked to bind", Phrase.of("wechat.reply.bind", around.bindingLink()));
                }
                case HELP -> {
                    return stays("asked for help", Phrase.of("wechat.reply.greeting"));
                }
                case CANCEL -> {
                    return conversation.step() == Step.IDLE
                            ? stays("nothing to cancel", Phrase.of("wechat.reply.greeting"))
                            : new Turn(
                                    conversation.idle(),
                                    List.of(Phrase.of("wechat.reply.cancelled")),
                                    new Effect.None("cancelled"));
                }
                case PERSON -> {
                    return new Turn(conversation.idle(), List.of(), new Effect.Calls(conversation.draft()));
                }
                case END -> {
                    return stays("no talk to end", Phrase.of("wechat.reply.greeting"));
                }
                case COMPLAIN, ANOTHER -> {
                    return begins(word == Word.ANOTHER);
                }
                case HELLO, DONE, SUBMIT, SKIP -> {} // what they mean depends on the step
            }
        }
        return switch (conversation.step()) {
            case IDLE -> idle(told);
            case TELLING ->
                word == Word.DONE || word == Word.SUBMIT || word == Word.SKIP
                        ? asksNext(conversation.draft())
                        : keeps(told, Step.TELLING);
            case ASKING -> answered(told);
            case CONTACT -> contact(told);
            case CONFIRM ->
                word == Word.SUBMIT || word == Word.DONE
                        ? new Turn(conversation.idle(), List.of(), new Effect.Opens(conversation.draft()))
                        : keeps(told, Step.CONFIRM);
            case CHOOSE -> chosen(told);
        };
    }

    private Turn begins(boolean isAnother) {
        if (conversation.step() == Step.CHOOSE) {
            // What was said before the question belongs to the new one.
            return isAnother
                    ? asked(Step.TELLING, conversation.draft(), Phrase.of("wechat.reply.tell"))
                    : which(conversation.draft());
        }
        if (conversation.step() != Step.IDLE) {
            return conversation.draft().hasContent()
                    ? asked(conversation.step(), conversation.draft(), Phrase.of("wechat.reply.underway"))
                    : asked(Step.TELLING, conversation.draft(), Phrase.of("wechat.reply.tell"));
        }
        if (!isAnother && !around.open().isEmpty()) {
            return stays(
                    "has an open complaint",
                    Phrase.of(
                            "wechat.reply.haveOpen",
                            around.open().getFirst().number().readable()));
        }
        return asked(Step.TELLING, Draft.EMPTY, Phrase.of("wechat.reply.tell"));
    }

    private Turn idle(Said.Told told) {
        if (told.word() != null) {
            return stays("a greeting", Phrase.of("wechat.reply.greeting"));
        }
        Draft said = Draft.EMPTY.with(told.text(), told.attachments());
        List<Open> open = around.open();
        if (open.isEmpty()) {
            return keeps(told, Step.TELLING);
        }
        Instant until = conversation.chosenUntil();
        boolean isMeant = until != null
                && around.now().isBefore(until)
                && open.stream().anyMatch(each -> each.number().equals(conversation.chosen()));
        if (open.size() == 1 || isMeant) {
            ComplaintNumber number = isMeant
                    ? Objects.requireNonNull(conversation.chosen())
                    : open.getFirst().number();
            return new Turn(
                    isMeant ? conversation.meaning(number, around.now().plus(PATIENCE)) : conversation,
                    List.of(Phrase.of("wechat.reply.added", number.readable())),
                    new Effect.Adds(number, said));
        }
        return which(said);
    }

    /** More of what happened. */
    private Turn keeps(Said.Told told, Step step) {
        Draft before = conversation.draft();
        if (told.word() != null && told.word() != Word.HELLO) {
            return asked(step, before, step == Step.CONFIRM ? summary(before) : Phrase.of("wechat.reply.tell"));
        }
        if (!before.takes(told.text(), told.attachments())) {
            return asked(step, before, Phrase.of("wechat.reply.full"));
        }
        Draft draft = before.with(told.text(), told.attachments());
        return asked(step, draft, step == Step.CONFIRM ? summary(draft) : Phrase.of("wechat.reply.more", count(draft)));
    }

    private static String count(Draft draft) {
        return Integer.toString(draft.texts().size() + draft.attachments().size());
    }

    /** Asks for whatever is missing, one thing at a time. */
    private Turn asksNext(Draft draft) {
        if (!draft.hasContent()) {
            return asked(Step.TELLING, draft, Phrase.of("wechat.reply.tell"));
        }
        Optional<Ask> ask = around.missing().apply(draft);
        if (ask.isPresent()) {
            return asked(Step.ASKING, draft.asks(ask.get().key()), question(ask.get()));
        }
        if (around.phone() == null && draft.phone() == null && !draft.skipped().contains(Draft.PHONE)) {
            return asked(Step.CONTACT, draft.asks(Draft.PHONE), Phrase.of("wechat.reply.phone", around.bindingLink()));
        }
        return asked(Step.CONFIRM, draft.asks(null), summary(draft.asks(null)));
    }

    private static Phrase question(Ask ask) {
        return ask.choices().isEmpty()
                ? Phrase.of("wechat.reply.ask", ask.label())
                : Phrase.of(
                        "wechat.reply.choose",
                        ask.label(),
                        numbered(ask.choices().stream().map(Choice::label).toList()));
    }

    private static String numbered(List<String> lines) {
        return String.join(
                "\n",
                IntStream.range(0, lines.size())
                        .mapToObj(i -> (i + 1) + ". " + lines.get(i))
                        .toList());
    }

    private Turn answered(Said.Told told) {
        Draft draft = conversation.draft();
        String key = draft.asking();
        Optional<Ask> ask = around.missing().apply(draft.asks(null));
        if (key == null || ask.isEmpty() || !ask.get().key().equals(key)) {
            // The pack changed meanwhile.
            return told.word() == null ? keeps(told, Step.TELLING) : asksNext(draft.asks(null));
        }
        if (told.word() == Word.SKIP || told.word() == Word.DONE || told.word() == Word.SUBMIT) {
            return asksNext(draft.without(key));
        }
        String answer = told.attachments().isEmpty() ? answer(ask.get(), told.text()) : null;
        if (answer != null) {
            return asksNext(draft.answered(key, answer));
        }
        return keepsAndAsks(told, question(ask.get()));
    }

    /** What is no answer belongs to what happened. */
    private Turn keepsAndAsks(Said.Told told, Phrase question) {
        Draft draft = conversation.draft();
        boolean isContent = told.word() == null && !told.text().strip().matches("\\d{1,2}");
        if (isContent && !draft.takes(told.text(), told.attachments())) {
            return asked(conversation.step(), draft, Phrase.of("wechat.reply.full"), question);
        }
        return asked(conversation.step(), isContent ? draft.with(told.text(), told.attachments()) : draft, question);
    }

    private static @Nullable String answer(Ask ask, String text) {
        String typed = text.strip();
        if (ask.choices().isEmpty()) {
            return ask.check().apply(typed) ? typed : null;
        }
        Integer place = place(typed, ask.choices().size());
        if (place != null) {
            return ask.choices().get(place).code();
        }
        return ask.choices().stream()
                .filter(choice -> choice.label().equalsIgnoreCase(typed))
                .map(Choice::code)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Integer place(String typed, int size) {
        String digits = java.text.Normalizer.normalize(typed, java.text.Normalizer.Form.NFKC)
                .strip()
                .replaceFirst("[.、]$", "")
                .toLowerCase(Locale.ROOT);
        if (!digits.matches("[1-9]\\d?")) {
            return null;
        }
        int place = Integer.parseInt(digits);
        return place <= size ? place - 1 : null;
    }

    private Turn contact(Said.Told told) {
        Draft draft = conversation.draft();
        if (around.phone() != null) {
            return told.word() == null ? keeps(told, Step.CONFIRM) : asksNext(draft);
        }
        if (told.word() == Word.SKIP || told.word() == Word.DONE || told.word() == Word.SUBMIT) {
            return asksNext(draft.without(Draft.PHONE));
        }
        Optional<String> phone = told.attachments().isEmpty() ? PhoneNumbers.read(told.text()) : Optional.empty();
        return phone.map(number -> asksNext(draft.answered(Draft.PHONE, number)))
                .orElseGet(() -> keepsAndAsks(told, Phrase.of("wechat.reply.phone", around.bindingLink())));
    }

    private Turn which(Draft said) {
        return asked(
                Step.CHOOSE,
                said,
                Phrase.of(
                        "wechat.reply.which",
                        numbered(around.open().stream()
                                .map(open -> open.number().readable() + " " + open.excerpt())
                                .toList())));
    }

    private Turn chosen(Said.Told told) {
        Draft draft = conversation.draft();
        List<Open> open = around.open();
        if (open.isEmpty()) {
            // All of them were closed meanwhile: it is about something new.
            return new Dialogue(conversation.at(Step.TELLING, draft, null), around).told(told);
        }
        Integer place = told.attachments().isEmpty() ? place(told.text(), open.size()) : null;
        if (place == null) {
            place = IntStream.range(0, open.size())
                    .filter(i -> ComplaintNumber.read(told.text())
                            .filter(open.get(i).number()::equals)
                            .isPresent())
                    .boxed()
                    .findFirst()
                    .orElse(null);
        }
        if (place == null) {
            boolean isContent = told.word() == null && draft.takes(told.text(), told.attachments());
            return which(isContent ? draft.with(told.text(), told.attachments()) : draft);
        }
        ComplaintNumber number = open.get(place).number();
        return new Turn(
                conversation.idle().meaning(number, around.now().plus(PATIENCE)),
                List.of(Phrase.of("wechat.reply.added", number.readable())),
                new Effect.Adds(number, draft));
    }

    private Turn bound() {
        Phrase done = Phrase.of("wechat.reply.bound", Masks.phone(around.phone()));
        if (conversation.step() != Step.CONTACT) {
            return stays("bound", done);
        }
        Turn next = asksNext(conversation.draft().asks(null));
        var replies = new ArrayList<>(List.of(done));
        replies.addAll(next.replies());
        return new Turn(next.next(), replies, next.effect());
    }

    private Turn silence(Said.Silence silence) {
        Draft draft = conversation.draft();
        if (conversation.step() == Step.IDLE || silence.version() != conversation.version()) {
            return stays("went on meanwhile");
        }
        if (!draft.hasContent()) {
            return new Turn(conversation.idle(), List.of(), none());
        }
        return conversation.step() == Step.CHOOSE
                ? new Turn(
                        conversation.idle(),
                        List.of(Phrase.of("wechat.reply.received")),
                        new Effect.Asks(
                                draft, around.open().stream().map(Open::number).toList()))
                : new Turn(conversation.idle(), List.of(), new Effect.Opens(draft));
    }

    private Phrase mine() {
        if (around.open().isEmpty()) {
            return Phrase.of("wechat.reply.noneOpen");
        }
        return Phrase.of(
                "wechat.reply.mine",
                String.join(
                        "\n",
                        around.open().stream()
                                .map(open -> open.number().readable() + " " + open.excerpt() + "\n" + open.link())
                                .toList()));
    }

    private Phrase summary(Draft draft) {
        String text = draft.text();
        String excerpt = text.codePointCount(0, text.length()) <= LONGEST_SUMMARY
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SUMMARY)) + "…";
        String phone = draft.phone() == null ? around.phone() : draft.phone();
        return Phrase.of(
                phone == null ? "wechat.reply.confirmNoPhone" : "wechat.reply.confirm",
                excerpt.isEmpty() ? "-" : excerpt,
                Integer.toString(draft.attachments().size()),
                Masks.phone(phone));
    }

    private Turn asked(Step step, Draft draft, Phrase... replies) {
        return new Turn(
                conversation.at(step, draft, around.now().plus(PATIENCE)),
                List.of(replies),
                new Effect.None("part of a conversation"));
    }

    private Turn stays(String note, Phrase... replies) {
        return new Turn(conversation, List.of(replies), new Effect.None(note));
    }

    private static Effect none() {
        return new Effect.None("part of a conversation");
    }
}
