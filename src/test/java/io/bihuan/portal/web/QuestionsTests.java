package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.EveryFieldTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.privacy.Personal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The questions of a pack on the customer's form: each type as it is written, asked where it applies, refused or doubted. */
@EveryFieldTest
class QuestionsTests {
    private static final String VIN = "1M8GDM9AXKP042788";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    TrackingLinks links;

    private Map<String, String> filing(Visitor visitor, Map<String, String> changed) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("form", visitor.open("/complain?line=every").field("form"));
        fields.put("line", "every");
        fields.put("content", "提车第三天刹车就失灵了。");
        fields.put("name", "张三丰");
        fields.put("phone", "13812345678");
        fields.put("product.vin", VIN);
        fields.put("product.injured", "false");
        fields.putAll(changed);
        return fields;
    }

    private Complaint filed(Visitor visitor, Map<String, String> changed) {
        var answer = visitor.send("/complain", filing(visitor, changed));
        assertThat(answer.status()).as(answer.html()).isEqualTo(303);
        return complaints
                .find(links.verify(answer.location().substring("/complain/receipts/".length()))
                        .orElseThrow())
                .orElseThrow();
    }

    @Test
    void eachTypeHasItsOwnField() {
        var html = new Visitor(http).open("/complain?line=every").html();
        assertThat(html)
                .containsPattern(
                        "<input class=\"form-control capitals\" id=\"product.vin\"[^>]*autocapitalize=\"characters\"")
                .containsPattern("id=\"product.mileage\"[^>]*inputmode=\"decimal\"")
                .containsPattern("id=\"product.bankCard\"[^>]*inputmode=\"numeric\"[^>]*data-typing=\"groups\"")
                .containsPattern("id=\"product.dealerMail\"[^>]*type=\"email\"")
                .containsPattern("id=\"product.dealerPhone\"[^>]*type=\"tel\"")
                .containsPattern("id=\"product.boughtOn\"[^>]*type=\"date\"")
                .containsPattern("type=\"radio\" name=\"product.injured\" value=\"true\" required")
                .contains("<span class=\"unit\" aria-hidden=\"true\">元</span>")
                .contains("17 位，见行驶证或前挡风玻璃左下角");
        assertThat(html)
                .as("what must not stay on the device")
                .containsPattern("id=\"product.idCard\"[^>]*data-no-draft")
                .doesNotContainPattern("id=\"product.vin\"[^>]*data-no-draft");
    }

    @Test
    void withoutScriptEverythingIsThereAndWhatMayNotApplyIsOptional() {
        var html = new Visitor(http).open("/complain?line=every").html();
        assertThat(html)
                .containsPattern("data-shown=\"no\">\\s*<div class=\"field\">\\s*<label[^>]*for=\"product.injury\">");
        assertThat(html).doesNotContainPattern("id=\"product.injury\"[^>]*required");
        assertThat(html).contains("仅在适用时填写");
    }

    @Test
    void theQuestionsAreAskedAnewWithWhatWasTyped() {
        var visitor = new Visitor(http);
        var part = visitor.send(
                "/complain/questions",
                Map.of(
                        "line",
                        "every",
                        "product.injured",
                        "true",
                        "product.payment",
                        "loan",
                        "product.plate",
                        "京A12345"));
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.html())
                .doesNotContain("<html", "data-shown=\"no\"")
                .containsPattern("id=\"product.injury\"[^>]*required")
                .containsPattern("id=\"product.idCard\"[^>]*required")
                .containsPattern("id=\"product.plate\"[^>]*value=\"京A12345\"")
                .containsPattern("name=\"product.injured\" value=\"true\" checked");
    }

    @Test
    void whatAppliesMustBeAnswered() {
        var visitor = new Visitor(http);
        var refused = visitor.send(
                "/complain", filing(visitor, Map.of("product.injured", "true", "product.payment", "loan")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html())
                .contains("href=\"#product.injury\"", "href=\"#product.idCard\"")
                .doesNotContain("href=\"#product.bankCard\"");
        assertThat(filed(visitor, Map.of()).product().keySet()).containsExactly("vin", "injured");
    }

    @Test
    void aWrongNumberIsRefusedWithWhatToDo() {
        var visitor = new Visitor(http);
        var refused = visitor.send(
                "/complain",
                filing(
                        visitor,
                        Map.of(
                                "product.plate", "A12345",
                                "product.idCard", "110105194912310021",
                                "product.bankCard", "6222 0212 3456 7890 129",
                                "product.paid", "12.345")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html())
                .contains("不是有效的车牌号", "至少有一位写错，请对照证件核对", "至少有一位写错，请对照卡面核对", "最多两位小数")
                .containsPattern("id=\"product.idCard\"[^>]*value=\"110105194912310021\"");
    }

    @Test
    void aDoubtfulNumberIsNamedAndTakenInAndStoredInOneWriting() {
        var visitor = new Visitor(http);
        var note = visitor.send(
                "/complain/note?question=vin", Map.of("line", "every", "product.vin", "1m8gdm9a0kp042788"));
        assertThat(note.html()).contains("field-doubt", "校验位不符").doesNotContain("<html");
        assertThat(visitor.send("/complain/note?question=plate", Map.of("line", "every", "product.plate", "A12345"))
                        .html())
                .contains("field-error", "不是有效的车牌号");
        assertThat(visitor.send("/complain/note?question=vin", Map.of("line", "every", "product.vin", VIN))
                        .html())
                .doesNotContain("<div");

        var complaint = filed(
                visitor,
                Map.of(
                        "product.vin", " 1m8gdm9a0kp042788",
                        "product.plate", "京·ad12345",
                        "product.paid", "￥1,280.50",
                        "product.idCard", "11010519491231002x",
                        "product.dealerPhone", "400-812-3456"));
        assertThat(complaint.product())
                .containsEntry("vin", Personal.of("1M8GDM9A0KP042788"))
                .containsEntry("plate", Personal.of("京AD12345"))
                .containsEntry("paid", Personal.of("1280.50"))
                .containsEntry("idCard", Personal.of("11010519491231002X"))
                .containsEntry("dealerPhone", Personal.of("+864008123456"));
    }

    @Test
    void theTrackingPageMasksWhatIdentifies() {
        var visitor = new Visitor(http);
        var complaint = filed(
                visitor,
                Map.of(
                        "product.plate", "京A12345",
                        "product.idCard", "11010519491231002X",
                        "product.paid", "1280.5",
                        "product.payment", "cash"));
        var page = visitor.open(links.url(complaint.number()).replaceFirst("^https?://[^/]+", ""))
                .html();
        assertThat(page)
                .contains("***********042788", "京A***45", "1****************X", "1280.5 元", "全款", "否")
                .doesNotContain(VIN, "京A12345", "11010519491231002X");
    }

    @Test
    void theTextSuggestsUpToThreeCategories() {
        var visitor = new Visitor(http);
        var part = visitor.send("/complain/suggestions", Map.of("line", "every", "content", "贷款审批时多收手续费，刹车也不好，还有异响"));
        assertThat(part.html())
                .contains("看起来是关于…", "value=\"brakes\"", "刹车", "多收、手续费")
                .doesNotContain("value=\"noise\"", "<html");
        assertThat(part.html().split("type=\"radio\"", -1)).hasSize(4);
        assertThat(visitor.send("/complain/suggestions", Map.of("line", "every", "category", "fee", "content", "刹车"))
                        .html())
                .as("nothing is suggested to who has chosen")
                .doesNotContain("radio");
    }

    @Test
    void aSuggestionThatIsTakenCountsUnlessTheListSaysOtherwise() {
        var visitor = new Visitor(http);
        assertThat(filed(visitor, Map.of("suggested", "noise")).category()).isEqualTo("noise");
        assertThat(filed(visitor, Map.of("suggested", "noise", "category", "fee"))
                        .category())
                .isEqualTo("fee");
    }
}
