package io.bihuan.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Phrase;
import io.bihuan.wechat.Conversation.Step;
import io.bihuan.wechat.Dialogue.Ask;
import io.bihuan.wechat.Dialogue.Choice;
import io.bihuan.wechat.Dialogue.Effect;
import io.bihuan.wechat.Dialogue.Turn;
import io.bihuan.wechat.Said.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a conversation becomes a complaint. */
class DialogueTests {
    private static final ComplaintNumber ONE = number("2026112200001");
    private static final ComplaintNumber TWO = number("2026112200002");

    private Instant now = Instant.parse("2026-11-22T01:00:00Z");
    private Conversation conversation =
            new Conversation(UUID.randomUUID(), "gh", "o1", 1, Step.IDLE, Draft.EMPTY, null, null, null, now, true);
    private List<Dialogue.Open> open = List.of();
    private @Nullable String phone;
    private boolean asksProduct = true;
    private Turn last = new Turn(conversation, List.of(), new Effect.None(""));

    private static ComplaintNumber number(String thirteen) {
        return IntStream.range(0, 10)
                .mapToObj(check -> ComplaintNumber.read(thirteen + check))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Dialogue.Open open(ComplaintNumber number) {
        return new Dialogue.Open(number, "空调不制冷", "https://x/t/" + number.digits());
    }

    private Turn say(Said said) {
        last = Dialogue.turn(
                conversation, said, new Dialogue.Around(phone, open, this::missing, "https://x/binding", now));
        conversation = last.next();
        return last;
    }

    private Optional<Ask> missing(Draft draft) {
        return !asksProduct
                        || draft.product().containsKey("productType")
                        || draft.skipped().contains("productType")
                ? Optional.empty()
                : Optional.of(new Ask(
                        "productType",
                        "产品类型",
                        List.of(new Choice("air-conditioner", "空调"), new Choice("other", "其他")),
                        typed -> false));
    }

    private Turn text(String text) {
        return say(new Said.Told(text, List.of(), null));
    }

    private Turn word(Word word) {
        return say(new Said.Told(word.name(), List.of(), word));
    }

    private Turn picture(String sha) {
        return say(new Said.Told(
                "", List.of(new Attachment(sha.repeat(64), Personal.of("图片.jpg"), "image/jpeg", 3)), null));
    }

    private List<String> replies() {
        return last.replies().stream().map(Phrase::key).toList();
    }

    private Draft opened() {
        assertThat(last.effect()).isInstanceOf(Effect.Opens.class);
        return ((Effect.Opens) last.effect()).draft();
    }

    @Test
    void whoAsksForAPersonTakesAlongWhatHeSaid() {
        text("空调漏水");
        word(Word.PERSON);
        assertThat(last.effect()).isEqualTo(new Effect.Calls(Draft.EMPTY.with("空调漏水", List.of())));
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
        assertThat(conversation.draft()).isEqualTo(Draft.EMPTY);
        assertThat(conversation.dueAt()).isNull();
    }

    @Test
    void theStoryEndsInAComplaint() {
        word(Word.COMPLAIN);
        assertThat(replies()).containsExactly("wechat.reply.tell");
        text("空调修了三次还是不制冷");
        picture("a");
        assertThat(replies()).containsExactly("wechat.reply.more");
        word(Word.DONE);
        assertThat(conversation.step()).isEqualTo(Step.ASKING);
        text("1");
        assertThat(conversation.step()).isEqualTo(Step.CONTACT);
        text("138 1234 5678");
        assertThat(conversation.step()).isEqualTo(Step.CONFIRM);
        assertThat(last.replies().getFirst().arguments().toString())
                .contains("138****5678")
                .doesNotContain("12345678");
        word(Word.SUBMIT);
        assertThat(opened().text()).isEqualTo("空调修了三次还是不制冷");
        assertThat(opened().attachments()).hasSize(1);
        assertThat(opened().product()).containsEntry("productType", "air-conditioner");
        assertThat(opened().phone()).isEqualTo("+8613812345678");
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
        assertThat(conversation.draft()).isEqualTo(Draft.EMPTY);
    }

    @Test
    void theFirstTextBeginsIt() {
        text("冰箱异响");
        assertThat(conversation.step()).isEqualTo(Step.TELLING);
        assertThat(conversation.draft().text()).isEqualTo("冰箱异响");
        assertThat(conversation.dueAt()).isEqualTo(now.plus(Dialogue.PATIENCE));
    }

    @Test
    void aGreetingBeginsNothing() {
        word(Word.HELLO);
        assertThat(replies()).containsExactly("wechat.reply.greeting");
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
    }

    @Test
    void nothingIsAskedThatIsKnown() {
        phone = "+8613812345678";
        asksProduct = false;
        text("热水器漏水");
        word(Word.DONE);
        assertThat(conversation.step()).isEqualTo(Step.CONFIRM);
    }

    @Test
    void anAnswerMayBeTheLabelOrSkippedAndOtherWordsBelongToTheStory() {
        text("漏水");
        word(Word.DONE);
        text("其实昨天就开始漏了");
        assertThat(conversation.step()).isEqualTo(Step.ASKING);
        assertThat(conversation.draft().texts()).containsExactly("漏水", "其实昨天就开始漏了");
        text("9");
        assertThat(conversation.draft().texts()).hasSize(2);
        text("其他");
        assertThat(conversation.draft().product()).containsEntry("productType", "other");
        assertThat(conversation.step()).isEqualTo(Step.CONTACT);
        word(Word.SKIP);
        assertThat(conversation.step()).isEqualTo(Step.CONFIRM);
        assertThat(replies()).containsExactly("wechat.reply.confirmNoPhone");
        text("还有异味");
        assertThat(conversation.step()).isEqualTo(Step.CONFIRM);
        word(Word.SUBMIT);
        assertThat(opened().texts()).hasSize(3);
        assertThat(opened().phone()).isNull();
    }

    @Test
    void bindingThePhoneGoesOnWithTheStory() {
        asksProduct = false;
        text("漏水");
        word(Word.DONE);
        assertThat(conversation.step()).isEqualTo(Step.CONTACT);
        phone = "+8613812345678";
        say(new Said.Bound());
        assertThat(replies()).containsExactly("wechat.reply.bound", "wechat.reply.confirm");
        word(Word.SUBMIT);
        assertThat(opened().text()).isEqualTo("漏水");
    }

    @Test
    void cancellingForgetsIt() {
        text("漏水");
        word(Word.CANCEL);
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
        assertThat(conversation.draft()).isEqualTo(Draft.EMPTY);
        assertThat(last.effect()).isInstanceOf(Effect.None.class);
    }

    @Test
    void silenceTakesInWhatIsThereAndOnlyThat() {
        text("漏水");
        say(new Said.Silence(conversation.version() - 1));
        assertThat(last.effect()).isInstanceOf(Effect.None.class);
        assertThat(conversation.step()).isEqualTo(Step.TELLING);
        say(new Said.Silence(conversation.version()));
        assertThat(opened().text()).isEqualTo("漏水");

        word(Word.COMPLAIN);
        say(new Said.Silence(conversation.version()));
        assertThat(last.effect()).isInstanceOf(Effect.None.class);
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
        assertThat(replies()).isEmpty();
    }

    @Test
    void whatIsSaidWhileAComplaintIsOpenBelongsToIt() {
        open = List.of(open(ONE));
        text("师傅还没来");
        assertThat(last.effect()).isEqualTo(new Effect.Adds(ONE, Draft.EMPTY.with("师傅还没来", List.of())));
        assertThat(conversation.step()).isEqualTo(Step.IDLE);
        word(Word.COMPLAIN);
        assertThat(replies()).containsExactly("wechat.reply.haveOpen");
        word(Word.ANOTHER);
        text("另一台冰箱坏了");
        assertThat(conversation.step()).isEqualTo(Step.TELLING);
        assertThat(conversation.draft().text()).isEqualTo("另一台冰箱坏了");
        open = List.of();
        word(Word.CANCEL);
        text("又坏了");
        assertThat(conversation.step()).isEqualTo(Step.TELLING);
    }

    @Test
    void oneOfTwoIsAskedForAndRemembered() {
        open = List.of(open(TWO), open(ONE));
        text("师傅还没来");
        assertThat(conversation.step()).isEqualTo(Step.CHOOSE);
        assertThat(last.replies().getFirst().arguments().toString()).contains(ONE.readable(), TWO.readable());
        picture("b");
        assertThat(conversation.step()).isEqualTo(Step.CHOOSE);
        text("2");
        assertThat(last.effect()).isInstanceOf(Effect.Adds.class);
        Effect.Adds adds = (Effect.Adds) last.effect();
        assertThat(adds.to()).isEqualTo(ONE);
        assertThat(adds.draft().text()).isEqualTo("师傅还没来");
        assertThat(adds.draft().attachments()).hasSize(1);
        text("等了一天了");
        assertThat(last.effect()).isEqualTo(new Effect.Adds(ONE, Draft.EMPTY.with("等了一天了", List.of())));
        now = now.plus(Dialogue.PATIENCE).plus(Duration.ofSeconds(1));
        text("今天呢");
        assertThat(conversation.step()).isEqualTo(Step.CHOOSE);
        say(new Said.Silence(conversation.version()));
        assertThat(last.effect()).isInstanceOf(Effect.Asks.class);
        assertThat(((Effect.Asks) last.effect()).candidates()).containsExactly(TWO, ONE);
    }

    @Test
    void whatTheQuestionWasAboutMayBeSomethingNew() {
        open = List.of(open(TWO), open(ONE));
        text("冰箱也坏了");
        word(Word.ANOTHER);
        assertThat(conversation.step()).isEqualTo(Step.TELLING);
        assertThat(conversation.draft().text()).isEqualTo("冰箱也坏了");
    }

    @Test
    void ownComplaintsAreListedWithTheirLinks() {
        word(Word.MINE);
        assertThat(replies()).containsExactly("wechat.reply.noneOpen");
        open = List.of(open(ONE));
        word(Word.MINE);
        assertThat(last.replies().getFirst().arguments().toString()).contains("https://x/t/" + ONE.digits());
    }

    @Test
    void tooMuchIsSaidAndNotCutOff() {
        text("x");
        for (int i = 0; i < 10; i++) {
            picture(Integer.toHexString(i));
        }
        picture("b");
        assertThat(replies()).containsExactly("wechat.reply.full");
        assertThat(conversation.draft().attachments()).hasSize(10);
        text("字".repeat(20_000));
        assertThat(replies()).containsExactly("wechat.reply.full");
    }
}
