package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a customer says is told from what he answers, whichever program he writes with. */
@NullUnmarked
@SuppressWarnings("StringConcatToTextBlock") // lines of mails, as they travel
class QuotedTextTests {
    private static final String SAID = "还是不制冷，请尽快上门。";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\n> 您好\n> 我们已收到",
                "\n\nOn Sun, Nov 22, 2026 at 10:00 AM Service <service@example.cn> wrote:\n> Hello\n> there",
                "\n\n"
                        + "On Sunday, 22 November 2026 at 10:00, Customer Service Department\n"
                        + "<service@example.cn> wrote:\n\n"
                        + "> Hello",
                "\n\n"
                        + "------------------ 原始邮件 ------------------\n"
                        + "发件人: \"客服\" <service@example.cn>;\n"
                        + "发送时间: 2026年11月22日(星期日) 上午10:00\n"
                        + "收件人: \"张三\"<a@example.com>;\n"
                        + "主题: 您的投诉\n\n"
                        + "您好",
                "\n\n-----Original Message-----\nFrom: Service\nSent: Sunday\nTo: A\nSubject: x\n\nHello",
                "\n\n"
                        + "________________________________\n"
                        + "发件人: 客服 <service@example.cn>\n"
                        + "发送时间: 2026年11月22日 10:00\n"
                        + "收件人: 张三\n"
                        + "主题: 您的投诉\n\n"
                        + "您好",
                "\n\n发件人：客服\n日期：2026-11-22 10:00\n收件人：张三\n主题：您的投诉\n您好",
                "\n\n在 2026-11-22 10:00:00，\"客服\" <service@example.cn> 写道：\n您好，我们已收到",
                "\n\n客服 <service@example.cn> 于2026年11月22日周日 10:00写道：\n\n> 您好",
                "\n\n---- 回复的原邮件 ----\n| 发件人 | 客服 |\n您好",
                "\n\nFrom: Service\nDate: Sunday\nTo: A\nSubject: x\n\nHello"
            })
    void theAnsweredMailIsSplitOffAndKept(String quoted) {
        QuotedText text = QuotedText.of(SAID + quoted);
        assertThat(text.said()).isEqualTo(SAID);
        assertThat(text.quoted()).isEqualTo(quoted.strip());
    }

    @Test
    void answersBetweenTheLinesStayWhole() {
        String text = "> 型号？\nKFR-35GW\n> 购买日期？\n去年五月";
        assertThat(QuotedText.of(text)).isEqualTo(new QuotedText(text, "", ""));
    }

    @Test
    void aMailPassedOnWithoutAWordIsWhatIsSaid() {
        String text = "---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\n空调漏水";
        assertThat(QuotedText.of(text).said()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-- \n张三\n13800000000", "--\n张三", "发自我的iPhone", "Sent from my iPhone", "发自我的小米手机", "来自QQ邮箱"})
    void theSignatureIsSplitOff(String signature) {
        assertThat(QuotedText.of(SAID + "\n\n" + signature)).isEqualTo(new QuotedText(SAID, signature.strip(), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>%s</div><div class=\"gmail_quote\"><div>On Sunday A"
                        + " wrote:</div><blockquote>Hello</blockquote></div>",
                "<div>%s</div><blockquote type=\"cite\">Hello</blockquote>",
                "<p>%s</p><div id=\"isReplyContent\">在 2026-11-22 客服 写道：Hello</div>",
                "<p>%s</p><hr><div id=\"divRplyFwdMsg\"><b>From:</b> x</div><div>Hello</div>"
            })
    void theAnsweredMailInHtmlIsSplitOff(String html) {
        QuotedText text = QuotedText.of(MailHtml.text(html.formatted(SAID)));
        assertThat(text.said()).isEqualTo(SAID);
        assertThat(text.quoted()).contains(html.contains("divRply") ? "From:" : "Hello");
    }

    @Test
    void aColonIsNoQuote() {
        String text = "发件人: 这个词在我的信里\n没有别的";
        assertThat(QuotedText.of(text).said()).isEqualTo(text);
    }
}
