package io.bihuan.statute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;

/** The calculators on their pages, with the law of the shipped appliance pack. */
@BihuanTest
class StatutePagesTests {
    @Autowired
    MockMvc browser;

    @Autowired
    Calculations calculations;

    @Autowired
    Packs packs;

    private MockHttpServletResponse rights(String query) throws Exception {
        var answer = browser.perform(get("/rights?" + query)).andReturn().getResponse();
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return answer;
    }

    @Test
    void anybodyReckonsWithoutSigningIn() throws Exception {
        var form = rights("lang=zh");
        assertThat(form.getStatus()).isEqualTo(200);
        assertThat(form.getContentAsString())
                .contains("name=\"purchasedOn\"", "name=\"repair10-in\"", "家电三包")
                .doesNotContain("测算结果", "statute.");

        var result =
                rights("lang=zh&purchasedOn=2026-01-10&day=2026-01-17&repair1-in=2026-01-12&repair1-out=2026-01-13");
        assertThat(result.getStatus()).isEqualTo(200);
        assertThat(result.getContentAsString())
                .contains("可选择退货、换货或修理", "截止：2026-01-19", "修理占用 2 日不计入", "仅供参考，不构成法律意见")
                .contains("《部分商品修理更换退货责任规定》第九条", "待核实");
    }

    @Test
    void badInputIsSaidAtItsField() throws Exception {
        var page = rights(
                "lang=en&purchasedOn=yesterday&repair2-in=2026-02-02&repair2-out=2026-02-01&repair3-out=2026-02-01");
        assertThat(page.getStatus()).isEqualTo(422);
        assertThat(page.getContentAsString())
                .contains(
                        "href=\"#purchasedOn\"",
                        "id=\"purchasedOn-error\"",
                        "id=\"repair2-out-error\"",
                        "id=\"repair3-in-error\"")
                .doesNotContain("id=\"results\"")
                .doesNotContainPattern(">[^<]*\\{0");
    }

    @Test
    void everyCalculatorOfThePackHasAForm() throws Exception {
        for (var calculator : packs.of("appliance").part(Statutes.class).calculators()) {
            assertThat(rights("lang=zh&calculator=" + calculator.key() + "&day=2026-03-01")
                            .getContentAsString())
                    .contains("测算结果")
                    .doesNotContain("statute.");
        }
    }

    @Test
    void theStaffHasAPageOfItsOwn() throws Exception {
        assertThat(browser.perform(get("/desk/statutes"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isNotEqualTo(200);
        var who = new SignedIn(UUID.randomUUID(), "lin", "Lin", Set.of(Role.HANDLER), null, false);
        var page = browser.perform(get("/desk/statutes?lang=zh&calculator=fraud&amount=200&fraudEstablished=yes")
                        .with(authentication(
                                UsernamePasswordAuthenticationToken.authenticated(who, null, java.util.List.of()))))
                .andReturn()
                .getResponse();
        page.setCharacterEncoding(StandardCharsets.UTF_8.name());
        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString()).contains("金额：600 元", "第十三条、第十六条");
    }

    @Test
    void theAnswersOfAComplaintAreJudgedForTheDayItCameIn() {
        var findings = calculations.of(
                packs.of("appliance"),
                "repeated-fault",
                Map.of("purchasedOn", "2026-01-10", "productType", "air-conditioner"),
                LocalDate.of(2026, 7, 10));
        assertThat(Laws.only(findings, Rule.PROOF_BY_BUSINESS).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Laws.only(findings, Rule.APPLIANCE_WHOLE).until()).isEqualTo("2027-01-10");
        assertThat(Laws.only(findings, Rule.APPLIANCE_RETURN).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(findings).noneMatch(finding -> finding.rule() == Rule.FRAUD_COMPENSATION);
        assertThat(calculations.of(
                        packs.of("appliance"), "overcharge", Map.of("feePaid", "300"), LocalDate.of(2026, 7, 10)))
                .anyMatch(finding -> finding.rule() == Rule.FRAUD_COMPENSATION);
    }
}
