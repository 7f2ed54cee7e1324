package io.bihuan.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.bihuan.MovableTime;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.industry.PackZip;
import io.bihuan.pack.FormField;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.Packs;
import io.bihuan.standard.Letter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One complaint of each industry: what its customer is asked on a phone, and what an agent finds on the desk. */
@IndustriesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndustriesJourney {
    private static final String PASSWORD = "a-long-journey-2026";
    private static final ZoneId HOME = ZoneId.of("Asia/Shanghai");
    private static final Pattern DAYS_AGO = Pattern.compile("-(\\d+)d");

    /** Five seconds are promised, which PackVersionsTests measures; here pages are drawn as well. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    @LocalServerPort
    int port;

    @Autowired
    Staff staff;

    @Autowired
    Packs packs;

    @Autowired
    MovableTime time;

    private Browser browser;
    private Page phone;
    private Page desk;

    @BeforeAll
    void people() {
        browser = Browser.at(port);
        phone = browser.person(Browser.Width.PHONE, "zh-CN", true);
        desk = signedIn(Role.AGENT);
    }

    @AfterAll
    void close() {
        time.reset();
        browser.close();
    }

    /** One address files only so many complaints in ten minutes. */
    @BeforeEach
    void laterThanTheOneBefore() {
        time.advance(Duration.ofMinutes(11));
    }

    private Page signedIn(Role role) {
        String login = role.name().toLowerCase(Locale.ROOT) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        staff.create(login, PASSWORD, false, StaffDetails.of("林晓雨", "customer-service", role));
        Page page = browser.person(Browser.Width.DESK, "zh-CN", true);
        page.navigate("/desk/complaints");
        page.fill("#login", login);
        page.fill("#password", PASSWORD);
        page.click("main form button[type=submit]");
        page.waitForURL("**/desk/complaints**");
        return page;
    }

    static Stream<Story> stories() {
        return Stream.of(
                Story.of("appliance", "客厅空调修了三次，每次加完氟过两天又坏了，还是同样的故障，一直没修好。")
                        .asks("产品类型", "同一故障已修次数")
                        .requires("productType")
                        .answers("productType", "air-conditioner")
                        .answers("brand", "格力")
                        .answers("purchasedOn", "-95d")
                        .answers("installedOn", "-93d")
                        .answers("price", "3299")
                        .answers("repairs", "3")
                        .is("repeated-repair", "反复维修未修好", "紧急", "技术支持部")
                        .runs("首次响应", "处理完成", "十五日履行期限")
                        .runsNo("缺陷报告", "12315 在线和解", "九十日供件期限", "制定方案")
                        .isBound("十五日履行期限", "法定时限", "侵害消费者权益行为处罚办法", "第八条、第九条、第十条")
                        .isDue("维修质量处理标准", "返工", "技术支持部", "24 小时", "改派同品类高级技师上门复检")
                        .isChecked("维修质量核实")
                        .hasRights(Map.of("多次修理仍不能正常使用，可换货或退货", "符合", "由经营者承担举证责任", "符合"))
                        .isWritten("delay-sms", "延期告知", "空调 格力的配件或上门时间有变"),
                Story.of("automobile", "提车不到两个月变速箱就坏了，换过一次又出同样的毛病。门店只肯修，我要求退车，退不了就换一台。")
                        .asks("车架号", "发生问题时的里程（公里）")
                        .requires("vin")
                        .answers("vin", "LSGKE54H9PW138462", "***********138462")
                        .answers("plate", "沪A3K519", "沪A***19")
                        .answers("brand", "别克")
                        .answers("energy", "fuel")
                        .answers("mileage", "2100")
                        .answers("invoicedOn", "-56d")
                        .answers("deliveredOn", "-55d")
                        .answers("price", "168900")
                        .answers("repairDays", "8")
                        .answers("sameFaultRepairs", "2")
                        .is("exchange-or-return", "换车退车要求", "紧急", "保修与三包部")
                        .runs("首次响应", "处理完成", "三包答复", "换车退车完成", "十五日履行期限")
                        .runsNo("缺陷报告", "备用车提供", "12315 在线和解")
                        .isBound("换车退车完成", "法定时限", "家用汽车产品修理更换退货责任规定", "更换退货期限的规定", "待核实")
                        .isDue("三包与召回处理标准", "说明解释", "保修与三包部", "5 个工作日", "出具三包条件核对表和书面答复")
                        .isChecked("三包与召回核实")
                        .hasRights(Map.of("在三包有效期内", "符合", "同一故障修理次数超限，可换车或退车", "不符合"))
                        .isWritten("delay-sms", "延期告知", "维修第 6 日起可用备用车或领交通补偿"),
                Story.of("retail", "办的洗衣储值卡还剩八百多，上周去店里发现关门了，人去楼空，联系不上老板。")
                        .asks("预付卡卡号", "办卡时是否签合同")
                        .asksNot("生产日期", "税号", "会员号")
                        .requires("cardNumber")
                        .answers("store", "悦洁洗衣万象店")
                        .answers("amount", "863.50")
                        .answers("cardNumber", "8801223344556677", "************6677")
                        .answers("cardBalance", "863.50")
                        .answers("contractSigned", "false")
                        .is("store-closed", "闭店跑路余额难退", "重大", "会员与储值卡部")
                        .runs("首次响应", "处理完成", "制定方案", "退换修十五日红线")
                        .runsNo("同批食品下架", "缺陷线索报告", "12315 在线和解")
                        .isBound("退换修十五日红线", "法定时限", "侵害消费者权益行为处罚办法", "第八条至第十条")
                        .isDue("闭店退卡处理", "转有关机构", "会员与储值卡部", "24 小时", "建立持卡人名单并开通转店")
                        .isChecked("闭店退卡核实")
                        .hasRights(Map.of("欺诈的惩罚性赔偿", "暂不能判断"))
                        .isWritten("information-request-sms", "资料补充请求", "小票丢了也没关系"),
                Story.of("ecommerce", "退回去的羽绒服仓库签收了，收到退货不退钱，问了几次都说再等等，一直不退款。")
                        .asks("店铺名称", "退货是否已被商家签收")
                        .asksNot("直播间名称或房间号", "清关或报关单号")
                        .requires("orderNumber")
                        .answers("platform", "自营小程序")
                        .answers("shop", "北岸羽绒旗舰店")
                        .answers("orderNumber", "E20261101883420")
                        .answers("amount", "899")
                        .answers("signedOn", "-20d")
                        .answers("goodsBack", "true")
                        .answers("goodsBackOn", "-17d")
                        .is("refund-not-paid", "退货后未退款", "紧急", "售后退款中心")
                        .runs("首次响应", "处理完成", "收到退货七日退款", "退换修十五日红线")
                        .runsNo("平台介入裁定", "锁定直播回放", "缺陷线索报告")
                        .isBound("收到退货七日退款", "法定时限", "网络购买商品七日无理由退货暂行办法", "收到退回商品之日起七日内")
                        .isDue("退货退款处理", "退货", "售后退款中心", "24 小时", "商家无理拒绝时平台直接同意退货")
                        .isChecked("退货退款核实")
                        .hasRights(Map.of("退款仍在法定期限内", "不符合", "超期未退款，视为故意拖延或无理拒绝", "符合"))
                        .isWritten("information-request-sms", "资料补充请求", "商品与面单照片或录屏"),
                Story.of("banking", "昨晚信用卡在境外被盗刷两笔，不是我刷的，我人一直在家，请帮我止付。")
                        .asks("卡号或账号", "网点或设备位置")
                        .asksNot("监管转办编号", "代理人或继承人姓名", "合作机构名称")
                        .requires("amount")
                        .answers("product", "credit-card")
                        .answers("channelPart", "electronic")
                        .answers("cardNumber", "6222021234567890128", "***************0128")
                        .answers("idCard", "11010519491231002X", "1****************X")
                        .answers("amount", "18600")
                        .answers("occurredOn", "-1d")
                        .answers("policeReported", "true")
                        .is("unauthorised", "盗刷与非本人交易", "重大", "反欺诈中心")
                        .runs("首次响应", "处理完成（行内目标）", "制定方案", "处理决定", "止付处置")
                        .runsNo("群体接待到场")
                        .isBound("处理决定", "法定时限", "银行业保险业消费投诉处理管理办法", "第十八条、第二十一条、第二十三条")
                        .isDue("资金安全处理标准", "安全检查", "反欺诈中心", "15 分钟", "挂失止付、冻结可追回余额")
                        .isChecked("资金安全处置")
                        .isWritten("information-request-sms", "资料补充请求", "请勿回复密码、验证码"),
                Story.of("insurance", "住院手术的理赔申请交齐材料四十多天了，问一次说一次还在审核，迟迟不给结果。")
                        .asks("险种", "出险或确诊日期")
                        .asksNot("监管转办编号", "受托人姓名", "车牌号")
                        .requires("accidentOn")
                        .answers("product", "medical")
                        .answers("policyNumber", "P2023119900481")
                        .answers("insured", "沈玉兰", "沈**")
                        .answers("role", "insured")
                        .answers("idCard", "11010519491231002X", "1****************X")
                        .answers("accidentOn", "-70d")
                        .answers("claimNumber", "C2026090017")
                        .answers("claimFiledOn", "-44d")
                        .answers("amount", "23680")
                        .is("claim-delay", "理赔拖延", "紧急", "理赔部")
                        .runs("首次响应", "处理完成（公司目标）", "投诉处理决定", "理赔核定", "先予支付")
                        .runsNo("拒赔通知", "赔款支付", "救治关怀联系")
                        .isBound("理赔核定", "法定时限", "中华人民共和国保险法", "第二十三条", "待核实")
                        .isDue("人身险理赔处理标准", "更正", "理赔部", "5 个工作日", "原核赔人之外的人复核并出具结论")
                        .isChecked("人身险赔案核实")
                        .isWritten("information-request-sms", "资料补充请求", "清单一次列全"),
                Story.of("medical", "父亲胸口疼去门诊，医生说是胃病，没查出来心梗，换了医院才确诊，耽误病情。")
                        .asks("患者姓名", "就诊号或住院号")
                        .asksNot("患者证件号", "床号", "是否涉及多个科室")
                        .requires("visitNumber")
                        .answers("patient", "周国强", "周**")
                        .answers("relation", "child")
                        .answers("visitNumber", "MZ20261107338", "*********7338")
                        .answers("visitType", "outpatient")
                        .answers("harm", "moderate")
                        .answers("department", "消化内科")
                        .answers("condition", "急性心肌梗死", "******")
                        .is("misdiagnosis", "误诊漏诊", "紧急", "医务部")
                        .runs("首次响应", "调查处理完成", "五个工作日反馈")
                        .runsNo("多科室十个工作日反馈", "封存病历与实物", "现场接待", "隐私泄露止损")
                        .isBound("五个工作日反馈", "法定时限", "医疗机构投诉管理办法", "待核实")
                        .isDue("诊疗质量处理", "说明解释", "医务部", "48 小时", "科主任当面解释并形成谈话记录")
                        .isChecked("诊疗质量核实")
                        .isWritten("information-request-sms", "资料补充请求", "请勿用短信、微信发送病历"),
                Story.of("telecom", "我想携号转网到联通，短信查过符合条件，客服却天天打挽留电话，一直不给授权码。")
                        .asks("涉及号码", "拟转入的运营商")
                        .asksNot("工信部申诉编号", "机主姓名", "骚扰号码或端口")
                        .requires("phoneNumber")
                        .answers("phoneNumber", "13912345670", "139****5670")
                        .answers("business", "mobile")
                        .answers("area", "江苏省苏州市姑苏区")
                        .answers("targetOperator", "unicom")
                        .is("port-retention", "携转被阻挠挽留", "紧急", "号码与实名管理中心")
                        .runs("首次响应", "处理完成", "15 日答复", "携转限制说明")
                        .runsNo("退费义务 15 日", "申诉件内部答复", "隐患到场", "断网原因告知")
                        .isBound("15 日答复", "法定时限", "电信用户申诉处理办法", "第十条", "待核实")
                        .isDue("携号转网处理标准", "更正", "号码与实名管理中心", "24 小时", "解除限制、下发授权码")
                        .isChecked("携号转网核实")
                        .isWritten("information-request-sms", "资料补充请求", "请勿提供服务密码和验证码"),
                Story.of("property", "三号楼电梯停运三天了，一直说在等配件，天天爬楼梯上十七楼，腿脚不便的老人下不了楼。")
                        .asks("小区或项目", "电梯编号")
                        .asksNot("室内温度（℃）", "房号")
                        .requires("estate")
                        .answers("estate", "锦绣花园")
                        .answers("building", "3 号楼 1 单元")
                        .answers("place", "common")
                        .answers("role", "owner")
                        .answers("liftNumber", "DT-0317")
                        .answers("startedAt", "-3d")
                        .answers("households", "34")
                        .answers("peopleInside", "false")
                        .is("lift-stopped", "电梯停运", "紧急", "工程维修部")
                        .runs("首次响应", "处理完成", "紧急到场", "停供恢复")
                        .runsNo("12345 办理反馈", "扰民现场劝阻")
                        .isBound("紧急到场", "合同时限", "当地物业与公用事业应急响应规定", "紧急到场时限", "待核实")
                        .isDue("电梯问题处理标准", "维修", "工程维修部", "4 小时", "维保人员到场排除")
                        .isChecked("电梯问题核实")
                        .isWritten("acknowledgement-sms", "受理告知", "首问负责人"),
                Story.of("saas", "登录后台后看到别家公司数据，客户名单和合同都能打开，怀疑租户串数据，已经构成数据泄露，请马上处理。")
                        .asks("租户或企业名称", "是否涉及欧盟个人数据")
                        .requires("slaTier")
                        .answers("tenant", "恒泰制造")
                        .answers("contactEmail", "zhangwei@hengtai.example", "z***@hengtai.example")
                        .answers("slaTier", "enterprise")
                        .answers("impact", "s1")
                        .answers("environment", "production")
                        .answers("timeZone", "shanghai")
                        .answers("personalData", "true")
                        .answers("euData", "true")
                        .is("data-breach", "数据泄露", "重大", "安全与隐私部")
                        .runs("S1 响应", "S1 恢复", "数据泄露 72 小时通知", "泄露止损", "制定方案")
                        .runsNo("响应（北京工作时间）", "响应（伦敦工作时间）", "误停服恢复", "首次响应", "处理完成")
                        .isBound("数据泄露 72 小时通知", "法定时限", "欧盟通用数据保护条例", "第三十三条", "待核实")
                        .isDue("安全事件处理", "安全检查", "安全与隐私部", "1 小时", "切断访问、吊销凭证、保全证据")
                        .isChecked("安全事件核实")
                        .isWritten("information-request-sms", "资料补充请求", "请勿发送密码或密钥"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aComplaintOfEachIndustryIsAskedForAndHandledAsItsPackSays(Story story) {
        assertThat(story.asks)
                .allSatisfy(label -> assertThat(linesThatAsk(label))
                        .as("business lines that ask for " + label)
                        .containsExactly(story.line));
        ComplaintNumber number = file(story);
        // Not by the worklist: what others left open is due before it, and fills pages.
        desk.navigate("/desk/complaints/" + number);
        isSeenAsItIs(story);
        hasItsClocks(story);
        hasItsStandard(story);
        hasItsLetter(story, number);
        browser.check(desk);
    }

    private List<String> linesThatAsk(String label) {
        return packs.lines().stream()
                .filter(line -> packs.of(line.code()).form().all().stream()
                        .map(FormField::label)
                        .anyMatch(each -> each.in(Locale.SIMPLIFIED_CHINESE).equals(label)))
                .map(line -> line.code())
                .toList();
    }

    private ComplaintNumber file(Story story) {
        phone.navigate("/");
        phone.click("a.way-first");
        phone.click("a[href='/complain?line=" + story.line + "']");
        phone.fill("#content", story.says);
        phone.locator("#content").blur();
        Locator suggested = phone.locator("#suggestions input[type=radio]").first();
        assertThat(suggested).hasValue(story.category);
        suggested.check();
        assertThat(phone.locator("#category")).hasValue(story.category);
        isSettled();
        phone.locator("#questions details.more:not([open]) > summary").all().forEach(more -> more.click());
        story.answers.forEach(this::answer);
        for (String label : story.asks) {
            assertThat(question(label)).isVisible();
        }
        for (String label : story.asksNot) {
            assertThat(question(label)).not().isVisible();
        }
        assertThat(phone.locator("[name='product." + story.requires + "'][required]"))
                .isVisible();
        phone.fill("#name", "欧阳建国");
        phone.fill("#phone", "13812345678");
        browser.check(phone);
        phone.locator("main form button[type=submit]:not([name])").last().press("Enter");
        phone.waitForURL("**/complain/receipts/**");
        browser.check(phone);
        String link = phone.locator("main a[href*='/t/']").first().getAttribute("href");
        int token = link.lastIndexOf("/t/") + 3;
        ComplaintNumber number =
                ComplaintNumber.read(link.substring(token, token + 14)).orElseThrow();
        assertThat(phone.innerText(".receipt-number")).isEqualTo(number.readable());
        assertThat(phone.locator(".ticks li").filter(saying(story.strictClock))).containsText("前");
        return number;
    }

    private Locator question(String label) {
        return phone.locator("#questions .question:not([hidden])").filter(saying(label));
    }

    private static Locator.FilterOptions saying(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private void answer(String key, String value) {
        Locator field = phone.locator("#questions [name='product." + key + "']");
        String kind = String.valueOf(field.first().evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type"));
        switch (kind) {
            case "radio" -> phone.check("#questions [name='product." + key + "'][value='" + value + "']");
            case "select" -> field.selectOption(value);
            default -> {
                // An answer may make the others be asked anew: what is written into a field that is replaced meanwhile
                // is lost to a machine.
                phone.waitForCondition(() -> {
                    field.fill(day(value));
                    field.blur();
                    isSettled();
                    return !field.inputValue().isEmpty(); // typing help writes it in its own way
                });
            }
        }
        isSettled();
    }

    private void isSettled() {
        phone.waitForCondition(() -> phone.locator(".htmx-request").count() == 0);
    }

    private String day(String value) {
        var ago = DAYS_AGO.matcher(value);
        return ago.matches()
                ? LocalDate.ofInstant(time.instant(), HOME)
                        .minusDays(Long.parseLong(ago.group(1)))
                        .toString()
                : value;
    }

    private Locator fact(String label) {
        return desk.locator(".fact:has(dt:text-is('" + label + "')) dd").first();
    }

    private void isSeenAsItIs(Story story) {
        assertThat(fact("分类")).containsText(story.categoryName);
        assertThat(desk.locator(".case-head .tags")).containsText("级别 " + story.severity);
        assertThat(fact("责任部门")).containsText(story.department);
        String page = desk.content();
        story.masks.forEach((whole, masked) -> {
            assertThat(page).doesNotContain(whole);
            assertThat(desk.innerText("#answers")).contains(masked);
        });
    }

    private void hasItsClocks(Story story) {
        List<String> labels = desk.locator("#clocks .clock-label").allInnerTexts();
        assertThat(labels).containsAll(story.clocks).doesNotContainAnyElementsOf(story.noClocks);
        Locator strict = desk.locator("#clocks .clock:has(.clock-label:text-is('" + story.strictClock + "'))");
        assertThat(strict.locator(".clock-facts")).containsText(story.grade);
        strict.locator("details.why > summary").click();
        Locator basis = strict.locator(".why-basis").last();
        assertThat(basis).containsText(story.grade);
        for (String words : story.source) {
            assertThat(basis).containsText(words);
        }
    }

    private void hasItsStandard(Story story) {
        Locator standard = unfolded(story.standard);
        Locator measure = standard.locator(".measures > li").first();
        for (String words : story.firstMeasure) {
            assertThat(measure).containsText(words);
        }
        Locator playbook = unfolded(story.playbook);
        assertThat(playbook.locator(".playbook section")).hasCount(3);
        for (Locator section : playbook.locator(".playbook section").all()) {
            assertThat(section.locator("li").count()).isGreaterThanOrEqualTo(3);
        }
        assertThat(desk.locator("#rights")).hasCount(story.rights.isEmpty() ? 0 : 1);
        story.rights.forEach((rule, verdict) -> assertThat(desk.locator("#rights .right")
                        .filter(saying(rule))
                        .locator(".right-head > :nth-child(2)")
                        .first())
                .hasText(verdict));
    }

    private Locator unfolded(String title) {
        Locator fold = desk.locator("#guidance details.fold").filter(saying(title));
        if (fold.getAttribute("open") == null) {
            fold.locator("summary").click();
        }
        return fold;
    }

    private void hasItsLetter(Story story, ComplaintNumber number) {
        desk.locator("#letter > summary").click();
        desk.selectOption("#letter-name", story.letter);
        desk.click("#letter form button");
        assertThat(desk.locator("#letter .fold-what")).containsText(story.purpose);
        // A customer is told when it is to be solved, not when the answer of the company is due.
        String answerBy = desk.innerText(
                        "#clocks .clock:has(.clock-label:text-is('" + story.clocks.getFirst() + "')) .clock-until")
                .replace("截止", "")
                .strip();
        assertThat(answerBy).isNotEmpty();
        assertThat(desk.innerText("#letter .letter-text"))
                .contains(number.readable(), story.letterSays)
                .doesNotContain("{", "}", Letter.UNKNOWN, answerBy);
    }

    @Test
    void aFormChangesWhileSomebodyFillsItIn() throws IOException {
        Page early = browser.person(Browser.Width.PHONE, "zh-CN", true);
        early.navigate("/complain?line=retail");
        early.fill("#content", "货架上写十九块九，结账收了二十五，店员说价签没换。");
        Page late = browser.person(Browser.Width.PHONE, "zh-CN", true);
        late.navigate("/complain?line=retail");
        Locator asked = late.locator("#questions .question").filter(saying("是否自助收银"));
        assertThat(asked).hasCount(0);

        Page administrator = signedIn(Role.ADMINISTRATOR);
        administrator.navigate("/desk/packs/retail");
        administrator.setInputFiles("#file", new FilePayload("retail.zip", "application/zip", withOneQuestionMore()));
        administrator.locator("form[action$='/imports'] button").click();
        administrator.waitForURL("**/desk/packs/retail/versions/*");
        administrator.fill("[name=reason]", "自助收银上线");
        administrator.locator("form[action$='/activations'] button").click();
        administrator.waitForURL("**/desk/packs/retail");
        late.waitForCondition(
                () -> {
                    late.navigate("/complain?line=retail");
                    return asked.count() == 1;
                },
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLISECONDS));

        // Who began with the old form loses nothing.
        early.fill("[name='product.store']", "江汉路店");
        early.fill("#name", "欧阳建国");
        early.fill("#phone", "13812345678");
        early.locator("main form button[type=submit]:not([name])").last().press("Enter");
        early.waitForURL("**/complain/receipts/**");
    }

    /** What an administrator would bring: the pack as it is exported, and in its form one question more. */
    private byte[] withOneQuestionMore() throws IOException {
        PackFolder now = packs.folder("retail", packs.of("retail").version());
        var texts = new TreeMap<String, String>();
        now.files().forEach((file, bytes) -> texts.put(file, new String(bytes, StandardCharsets.UTF_8)));
        texts.computeIfPresent(
                "form.yaml",
                (file, text) -> text + "  - {key: selfCheckout, name: {zh: 是否自助收银, en: Self-checkout}, type: FLAG}\n");
        var zip = new ByteArrayOutputStream();
        PackZip.write(PackFolder.of(now.name(), texts), zip);
        return zip.toByteArray();
    }
}
