package io.bihuan.wechat;

import io.bihuan.chat.Chat;
import io.bihuan.chat.Chats;
import io.bihuan.chat.VisitorChats;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.intake.Alongside;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.FormField;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.triage.Triage;
import io.bihuan.web.Phrase;
import io.bihuan.web.Texts;
import io.bihuan.wechat.Dialogue.Ask;
import io.bihuan.wechat.Dialogue.Choice;
import io.bihuan.wechat.Dialogue.Effect;
import io.bihuan.wechat.Said.Word;
import io.bihuan.wechat.WeChatSettings.Account;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads callbacks as parts of a conversation: fetches their files, asks {@link Dialogue} what follows, and says so. */
@Component
class WeChatReader implements InboxReader {
    static final String SOURCE = "wechat";
    static final int LONGEST_OPEN_ID = 64;

    /** The media types of what the inbox keeps for a conversation. */
    static final String CALLBACK = "text/xml";

    static final String SILENCE = "text/x-wechat-silence";
    static final String BOUND = "text/x-wechat-bound";

    private static final int EXCERPT = 18;
    private static final int MOST_CHOICES = 15;
    private static final int MOST_CATEGORIES = 4;

    private final WeChatSettings settings;
    private final Conversations conversations;
    private final Wording wording;
    private final Media media;
    private final WeChatBindings bindings;
    private final BindingLinks bindingLinks;
    private final TrackingLinks trackingLinks;
    private final Complaints complaints;
    private final Packs packs;
    private final Triage triage;
    private final Intake intake;
    private final ChannelDuties duties;
    private final Chats chats;
    private final VisitorChats visitorChats;
    private final InstantSource time;
    private final String publicUrl;

    WeChatReader(
            WeChatSettings settings,
            Conversations conversations,
            Wording wording,
            Media media,
            WeChatBindings bindings,
            BindingLinks bindingLinks,
            TrackingLinks trackingLinks,
            Complaints complaints,
            Packs packs,
            Triage triage,
            Intake intake,
            ChannelDuties duties,
            Chats chats,
            VisitorChats visitorChats,
            InstantSource time,
            @Value("${bihuan.public-url:}") String publicUrl) {
        this.settings = settings;
        this.conversations = conversations;
        this.wording = wording;
        this.media = media;
        this.bindings = bindings;
        this.bindingLinks = bindingLinks;
        this.trackingLinks = trackingLinks;
        this.complaints = complaints;
        this.packs = packs;
        this.triage = triage;
        this.intake = intake;
        this.duties = duties;
        this.chats = chats;
        this.visitorChats = visitorChats;
        this.time = time;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) throws IOException {
        String name = message.source().substring(message.source().indexOf(':') + 1);
        Optional<Account> configured = settings.find(name);
        String openId = message.conversation();
        if (configured.isEmpty() || openId == null) {
            return Reading.Parks.because(ParkReason.NOT_CONFIGURED, null, message.source());
        }
        Account account = configured.get();
        Said said;
        boolean isHeard = false;
        String text = new String(raw.readAllBytes(), StandardCharsets.UTF_8);
        switch (message.mediaType()) {
            case SILENCE -> said = new Said.Silence(Integer.parseInt(text));
            case BOUND -> said = new Said.Bound();
            default -> {
                Map<String, String> fields;
                try {
                    fields = CallbackXml.read(text.getBytes(StandardCharsets.UTF_8));
                } catch (CallbackXml.Unreadable e) {
                    return Reading.Parks.because(ParkReason.UNREADABLE, null);
                }
                said = said(fields, account, message);
                isHeard = !(said instanceof Said.Aside || said instanceof Said.Unsubscribed);
            }
        }
        String line = Objects.requireNonNull(message.businessLine());
        Conversations.Found found = conversations.of(name, openId);
        Conversation now = found.conversation();
        if (isHeard) {
            now = now.heard(message.receivedAt()).subscribed(true);
        } else if (said instanceof Said.Unsubscribed) {
            now = now.subscribed(false);
        }
        Optional<Chat> chat =
                said instanceof Said.Told ? visitorChats.of(WeChatVisitors.visitor(now)) : Optional.empty();
        if (chat.isPresent() && said instanceof Said.Told told) {
            return inChat(chat.get(), told, found, now);
        }
        var turn = Dialogue.turn(now, said, around(account, now, packs.of(line)));
        return reading(message, line, found, account, turn);
    }

    private Reading reading(
            InboxMessage message, String line, Conversations.Found found, Account account, Dialogue.Turn turn) {
        return switch (turn.effect()) {
            case Effect.None none -> new Reading.Ends(none.note(), alongside(found, turn));
            case Effect.Calls calls -> calling(calls.draft(), line, found, account, turn);
            case Effect.Adds adds ->
                new Reading.Adds(adds.to(), text(adds.draft()), adds.draft().attachments(), alongside(found, turn));
            case Effect.Asks asks ->
                new Reading.Parks(
                        ParkReason.UNCLEAR,
                        submission(asks.draft(), message, line, account, found.conversation()),
                        asks.candidates().stream()
                                .map(number -> number.readable())
                                .toList(),
                        alongside(found, turn));
            case Effect.Opens opens ->
                opening(
                        submission(opens.draft(), message, line, account, found.conversation()),
                        message,
                        found,
                        account,
                        turn);
        };
    }

    /** While somebody talks with a person, nothing of it is for the dialogue. */
    private Reading inChat(Chat chat, Said.Told told, Conversations.Found found, Conversation now) {
        return new Reading.Ends("said in a chat", (message, complaint, writes) -> {
            conversations.write(writes, found, now);
            if (told.word() == Word.END) {
                chats.end(chat.id(), null);
            } else {
                visitorChats.says(chat.id(), message.id(), told.text(), told.attachments());
            }
        });
    }

    private Reading calling(Draft draft, String line, Conversations.Found found, Account account, Dialogue.Turn turn) {
        String own = draft.phone();
        String phone = own == null
                ? bindings.phoneOf(account.name(), found.conversation().openId())
                        .orElse(null)
                : own;
        List<String> texts = draft.hasContent() ? draft.texts() : List.of(wording.first(Word.PERSON));
        return new Reading.Ends("asked for a person", (message, complaint, writes) -> {
            conversations.writeNow(found, turn.next());
            visitorChats.visit(
                    new VisitorChats.Visit(
                            message.id(), WeChatVisitors.visitor(turn.next()), line, phone, texts, draft.attachments()),
                    writes);
        });
    }

    /** What will wait for a person is said here, so that the conversation goes on with it. */
    private Reading opening(
            Submission submission,
            InboxMessage message,
            Conversations.Found found,
            Account account,
            Dialogue.Turn turn) {
        var received = new Dialogue.Turn(turn.next(), List.of(Phrase.of("wechat.reply.received")), turn.effect());
        if (duties.of(message.channel()).screensFirst()) {
            return new Reading.Parks(ParkReason.SCREEN_FIRST, submission, List.of(), alongside(found, received));
        }
        try {
            intake.read(submission);
        } catch (InvalidSubmission invalid) {
            return new Reading.Parks(
                    ParkReason.INVALID,
                    submission,
                    invalid.problems().stream()
                            .map(problem -> problem.pointer() + " " + problem.messageKey())
                            .toList(),
                    alongside(found, received));
        }
        return new Reading.Opens(submission, (read, complaint, writes) -> {
            conversations.write(writes, found, turn.next());
            if (complaint == null) {
                conversations.say(writes, found, read.id(), null, wording.said(received.replies()));
            } else {
                conversations.opened(writes, turn.next(), complaint.id(), complaint.number());
                conversations.acknowledge(
                        writes, found, read.id(), complaint.id(), opened(account, complaint.number()));
            }
        });
    }

    private Alongside alongside(Conversations.Found found, Dialogue.Turn turn) {
        return (message, complaint, writes) -> {
            conversations.write(writes, found, turn.next());
            conversations.say(
                    writes,
                    found,
                    message.id(),
                    complaint == null ? null : complaint.id(),
                    wording.said(turn.replies()));
        };
    }

    /** What a customer is told when his complaint has a number. */
    String opened(Account account, ComplaintNumber number) {
        return wording.said(List.of(Phrase.of("wechat.reply.opened", number.readable(), link(account, number))));
    }

    /** What a customer is told whose message a person added to a complaint. */
    String added(ComplaintNumber number) {
        return wording.said(List.of(Phrase.of("wechat.reply.added", number.readable())));
    }

    String link(Account account, ComplaintNumber number) {
        return base(account) + trackingLinks.path(number);
    }

    private String base(Account account) {
        String own = account.publicUrl();
        return own == null ? publicUrl : own;
    }

    private String text(Draft draft) {
        String text = draft.text();
        return text.isBlank() ? wording.texts().of("wechat.content.files") : text;
    }

    private Submission submission(
            Draft draft, InboxMessage message, String line, Account account, Conversation conversation) {
        String own = draft.phone();
        String phone = own == null
                ? bindings.phoneOf(account.name(), conversation.openId()).orElse(null)
                : own;
        return Submission.through(Door.MESSAGE, line, message.channel())
                .content(text(draft))
                .category(draft.category())
                .product(draft.product())
                .customer(null, phone, null)
                .attachments(draft.attachments())
                // A draft that nobody went on with was heard when it was said.
                .receivedAt(Objects.requireNonNullElse(
                        SILENCE.equals(message.mediaType()) ? conversation.heardAt() : null, message.receivedAt()))
                .build();
    }

    private Dialogue.Around around(Account account, Conversation conversation, Pack pack) {
        List<Dialogue.Open> open = complaints.find(conversations.complaints(conversation.id())).stream()
                .filter(Complaint::isOpen)
                .sorted((one, other) -> other.registeredAt().compareTo(one.registeredAt()))
                .map(complaint ->
                        new Dialogue.Open(complaint.number(), excerpt(complaint), link(account, complaint.number())))
                .toList();
        return new Dialogue.Around(
                bindings.phoneOf(account.name(), conversation.openId()).orElse(null),
                open,
                draft -> missing(pack, draft),
                base(account) + bindingLinks.path(account.name(), conversation.openId()),
                time.instant());
    }

    private static String excerpt(Complaint complaint) {
        String text = Personal.text(complaint.content()).replaceAll("\\s+", " ");
        return text.codePointCount(0, text.length()) <= EXCERPT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    }

    /** The first thing that the pack requires and the draft does not say. */
    private Optional<Ask> missing(Pack pack, Draft draft) {
        Texts t = wording.texts();
        var setting = FormSetting.of(
                pack,
                Kind.COMPLAINT,
                Channel.WECHAT.name(),
                draft.category(),
                LocalDate.ofInstant(time.instant(), t.zone()));
        Stream<Ask> fields = pack.form().all().stream()
                .filter(field -> !draft.product().containsKey(field.key())
                        && !draft.skipped().contains(field.key())
                        && pack.form().isRequired(field, draft.product(), setting))
                .map(field -> ask(field, t, setting));
        return Stream.concat(fields, category(pack, draft, t).stream()).findFirst();
    }

    private static Ask ask(FormField field, Texts t, FormSetting setting) {
        return new Ask(
                field.key(),
                field.label().in(t.locale()),
                field.options().stream()
                        .limit(MOST_CHOICES)
                        .map(option -> new Choice(option.code(), option.label().in(t.locale())))
                        .toList(),
                typed -> !typed.isBlank() && field.error(typed, setting.today()).isEmpty());
    }

    /** Asked only when the words may mean several. */
    private Optional<Ask> category(Pack pack, Draft draft, Texts t) {
        if (draft.category() != null || draft.skipped().contains(Draft.CATEGORY)) {
            return Optional.empty();
        }
        List<Choice> choices = triage.suggest(pack, draft.text()).stream()
                .limit(MOST_CATEGORIES)
                .map(guessed -> new Choice(
                        guessed.category().code(), guessed.category().label().in(t.locale())))
                .toList();
        return choices.size() < 2
                ? Optional.empty()
                : Optional.of(new Ask(Draft.CATEGORY, t.of("wechat.ask.category"), choices, typed -> false));
    }

    // ---- what a callback says ----

    private Said said(Map<String, String> fields, Account account, InboxMessage message) throws IOException {
        String type = fields.getOrDefault("MsgType", "");
        Texts t = wording.texts();
        return switch (type) {
            case "text" -> {
                String content = fields.getOrDefault("Content", "");
                yield content.isBlank()
                        ? new Said.Unusable("wechat.reply.unknown")
                        : new Said.Told(content.strip(), List.of(), wording.word(content));
            }
            case "image" -> file(fields, account, message, t.of("wechat.file.image"), ".jpg", "");
            case "voice" ->
                file(
                        fields,
                        account,
                        message,
                        t.of("wechat.file.voice"),
                        "." + fields.getOrDefault("Format", "amr").replaceAll("[^A-Za-z0-9]", ""),
                        fields.getOrDefault("Recognition", ""));
            case "video", "shortvideo" -> file(fields, account, message, t.of("wechat.file.video"), ".mp4", "");
            case "location" ->
                new Said.Told(
                        t.of(
                                "wechat.told.place",
                                fields.getOrDefault("Label", "").strip(),
                                fields.getOrDefault("Location_X", ""),
                                fields.getOrDefault("Location_Y", "")),
                        List.of(),
                        null);
            case "link" ->
                new Said.Told(
                        String.join(
                                "\n",
                                Stream.of(fields.get("Title"), fields.get("Description"), fields.get("Url"))
                                        .filter(part -> part != null && !part.isBlank())
                                        .toList()),
                        List.of(),
                        null);
            case "event" -> event(fields);
            default -> new Said.Unusable("wechat.reply.unknown");
        };
    }

    private static Said event(Map<String, String> fields) {
        String event = fields.getOrDefault("Event", "");
        return switch (event.toLowerCase(java.util.Locale.ROOT)) {
            case "subscribe" -> new Said.Subscribed();
            case "unsubscribe" -> new Said.Unsubscribed();
            case "click" -> {
                Word word = Wording.button(fields.getOrDefault("EventKey", ""));
                yield new Said.Told("", List.of(), word == null ? Word.HELP : word);
            }
            default -> new Said.Aside("event " + event);
        };
    }

    private Said file(
            Map<String, String> fields,
            Account account,
            InboxMessage message,
            String what,
            String ending,
            String recognised)
            throws IOException {
        String id = fields.get("MediaId");
        Texts t = wording.texts();
        if (id == null || id.isBlank()) {
            return new Said.Unusable("wechat.reply.unknown");
        }
        String name = what + "-" + t.second(message.receivedAt()).replaceAll("[^0-9]", "") + ending;
        try {
            Attachment file = media.fetch(account, id, name);
            return new Said.Told(recognised.strip(), List.of(file), null);
        } catch (WeChatApi.Refusal e) {
            if (!e.isGone()) {
                throw e;
            }
            return new Said.Told(t.of("wechat.told.gone", what), List.of(), null);
        } catch (Refused e) {
            return new Said.Told(t.of("wechat.told.refused", what, t.of(e)), List.of(), null);
        }
    }
}
