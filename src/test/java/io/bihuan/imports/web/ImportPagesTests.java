package io.bihuan.imports.web;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.Imports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/** An import on its pages: upload, preview, start, report. */
@BihuanTest
class ImportPagesTests {
    private static final Duration GENEROUS = Duration.ofMinutes(1);

    @Autowired
    MockMvc browser;

    @Autowired
    Imports imports;

    @Autowired
    Staff staff;

    private final String source = "页面" + UUID.randomUUID().toString().substring(0, 8);

    private MockHttpServletResponse asked(AbstractMockHttpServletRequestBuilder<?> request, Role... roles)
            throws Exception {
        UUID id = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        var who = new SignedIn(id, "admin", "王经理", Set.of(roles), null, false);
        return browser.perform(request.with(csrf())
                        .with(authentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()))))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse manager(AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        return asked(request, Role.MANAGER);
    }

    private String uploaded(String table) throws Exception {
        return uploaded(source + ".csv", table.getBytes(StandardCharsets.UTF_8));
    }

    private String uploaded(String name, byte[] table) throws Exception {
        var file = new MockMultipartFile("file", name, "application/octet-stream", table);
        MockHttpServletResponse answer = manager(multipart("/desk/imports").file(file));
        assertThat(answer.getStatus()).isEqualTo(303);
        return Objects.requireNonNull(answer.getHeader("Location"));
    }

    private static String body(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private ImportRun finished(String path) {
        UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        long end = System.nanoTime() + GENEROUS.toNanos();
        while (imports.find(id).orElseThrow().isRunning()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + GENEROUS);
            }
            Thread.onSpinWait();
        }
        return imports.find(id).orElseThrow();
    }

    @Test
    void aTableIsUploadedLookedAtImportedAndReported() throws Exception {
        String path = uploaded("""
            编号,内容,时间,品牌,电话
            1,空调不制冷,2019/5/3 9:05,格力,13812345678
            2,"<b>洗衣机</b>漏水",前天,美的,
            3,冰箱有异响,2019/5/3 9:05,,
            """);

        String preview = body(manager(get(path)));
        assertThat(preview)
                .contains("预览：" + source + ".csv", "列的含义", "&lt;b&gt;洗衣机&lt;/b&gt;漏水", "格力")
                .contains("<option value=\"PRODUCT:brand\" selected>")
                .contains("<option value=\"RECEIVED_AT\" selected>")
                .doesNotContain("<b>洗衣机");

        MockHttpServletResponse started = manager(post(path + "/run")
                .param("source", source)
                .param("mode", "LIVE")
                .param("businessLine", "appliance")
                .param("charset", "UTF-8")
                .param("delimiter", "44")
                .param("columns", "EXTERNAL_NUMBER", "CONTENT", "RECEIVED_AT", "PRODUCT:brand", "PHONE"));
        assertThat(started.getStatus()).isEqualTo(303);
        ImportRun run = finished(path);
        assertThat(run.added()).isEqualTo(2);

        String report = body(manager(get(path)));
        assertThat(report)
                .contains("已完成", "缺联系方式", "到期提醒", "导入时已有 2 件超时")
                .contains("列“时间”：无法识别时间“前天”")
                .contains(path + "/rejections.csv");
        String csv = body(manager(get(path + "/rejections.csv")));
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv).startsWith("\uFEFF行号,原因,原文摘录").contains("3,", "前天", "<b>洗衣机</b>漏水");
        assertThat(body(manager(get("/desk/imports")))).contains(source, "已完成");
        assertThat(body(manager(get(path + "?lang=en")))).contains("Due already", "Without contact");

        MockHttpServletResponse progress = manager(get(path + "/progress").header("HX-Request", "true"));
        assertThat(progress.getHeader("HX-Refresh")).isEqualTo("true");
        assertThat(body(progress)).doesNotContain("<html", "every 1s").contains("100%");
    }

    @Test
    void aSheetIsChosenItsColumnsAreRememberedAndWhatWasRejectedComesAsAWorkbook() throws Exception {
        String tag = source.substring(2);
        String path = uploaded(source + ".xlsx", workbook(tag));
        String preview = body(manager(get(path)));
        assertThat(preview)
                .contains("工作表", "<option value=\"封面\"", "<option value=\"明细\" selected>", "空调不制冷")
                .doesNotContain("文字编码", "已套用上次导入");

        MockHttpServletResponse started = manager(post(path + "/run")
                .param("source", source)
                .param("kind", "COMPLAINTS")
                .param("mode", "LIVE")
                .param("businessLine", "appliance")
                .param("sheet", "明细")
                .param("columns", "EXTERNAL_NUMBER", "CONTENT"));
        assertThat(started.getStatus()).isEqualTo(303);
        ImportRun run = finished(path);
        assertThat(run.added()).isEqualTo(2);
        assertThat(body(manager(get(path)))).contains("与第 2 行相同，但内容不同", path + "/rejections.xlsx");

        byte[] rejected = manager(get(path + "/rejections.xlsx")).getContentAsByteArray();
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(rejected))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(1).getCellText(0)).isEqualTo("4");
            assertThat(rows.get(1).getCellText(2)).contains("另一件事");
        }

        String again = uploaded(source + ".xlsx", workbook(tag));
        assertThat(body(manager(get(again)))).contains("已套用上次导入“" + source + ".xlsx”时的设置");
        String mappings = body(manager(get("/desk/imports/mappings")));
        var named = Pattern.compile("/desk/imports/mappings/([0-9a-f-]+)/name")
                .matcher(mappings.substring(mappings.indexOf(source)));
        assertThat(named.find()).isTrue();
        String mapping = "/desk/imports/mappings/" + named.group(1);
        assertThat(manager(post(mapping + "/name").param("name", "月报" + tag)).getStatus())
                .isEqualTo(303);
        assertThat(body(manager(get(again)))).contains("已套用上次导入“月报" + tag + "”时的设置");
        assertThat(manager(post(mapping + "/name").param("name", "长".repeat(61)))
                        .getStatus())
                .isEqualTo(422);
        assertThat(manager(post(mapping + "/removal")).getStatus()).isEqualTo(303);
        assertThat(body(manager(get(again)))).doesNotContain("已套用上次导入");
        assertThat(asked(get("/desk/imports/mappings"), Role.AGENT).getStatus()).isEqualTo(403);
    }

    private static byte[] workbook(String tag) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            book.newWorksheet("封面").value(0, 0, "说明");
            var sheet = book.newWorksheet("明细");
            sheet.value(0, 0, "编号");
            sheet.value(0, 1, "内容" + tag);
            sheet.value(1, 0, 1);
            sheet.value(1, 1, "空调不制冷");
            sheet.value(2, 0, 2);
            sheet.value(2, 1, "洗衣机漏水");
            sheet.value(3, 0, 1);
            sheet.value(3, 1, "另一件事");
        }
        return bytes.toByteArray();
    }

    @Test
    void customersAreUploadedAsSuch() throws Exception {
        var file = new MockMultipartFile(
                "file",
                source + ".csv",
                "text/csv",
                "客户编号,姓名,电话\n1,王小明,13812345678\n".getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse answer =
                manager(multipart("/desk/imports").file(file).param("kind", "CUSTOMERS"));
        String path = Objects.requireNonNull(answer.getHeader("Location"));

        assertThat(body(manager(get(path))))
                .contains("<option value=\"CUSTOMERS\" selected>", "<option value=\"CUSTOMER_NUMBER\" selected>")
                .doesNotContain("收到时间", "归档：");
        assertThat(body(manager(get("/desk/imports")))).contains("车辆", "家电", "订单");
        assertThat(manager(post(path + "/cancellation")).getStatus()).isEqualTo(303);
    }

    @Test
    void aWrongMappingIsShownAgainWithTheReason() throws Exception {
        String path = uploaded("a,b\n1,2\n");

        MockHttpServletResponse twice = manager(post(path + "/run")
                .param("source", source)
                .param("mode", "LIVE")
                .param("businessLine", "appliance")
                .param("charset", "UTF-8")
                .param("delimiter", "44")
                .param("columns", "CONTENT", "CONTENT"));
        assertThat(twice.getStatus()).isEqualTo(422);
        assertThat(body(twice)).contains("列“b”的含义与另一列重复");

        MockHttpServletResponse nameless = manager(post(path + "/mapping")
                .param("source", " ")
                .param("mode", "LIVE")
                .param("businessLine", "appliance")
                .param("charset", "UTF-8")
                .param("delimiter", "44")
                .param("columns", "CONTENT", "NOTE"));
        assertThat(nameless.getStatus()).isEqualTo(422);

        MockHttpServletResponse strange = manager(post(path + "/mapping"));
        assertThat(strange.getStatus()).isEqualTo(422);
        assertThat(manager(post(path + "/cancellation")).getStatus()).isEqualTo(303);
        assertThat(body(manager(get(path)))).contains("已取消");
    }

    @Test
    void anotherDelimiterIsLookedAtBeforeItIsImported() throws Exception {
        String path = uploaded("a,内容;x\n1,2;3\n");

        MockHttpServletResponse answer = manager(post(path + "/run")
                .param("source", source)
                .param("mode", "LIVE")
                .param("businessLine", "appliance")
                .param("charset", "UTF-8")
                .param("delimiter", "59")
                .param("columns", "NOTE", "CONTENT"));
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(body(manager(get(path)))).contains("a,内容");
    }

    @Test
    void whatCannotBeReadIsRefusedAtTheField() throws Exception {
        var excel = new MockMultipartFile("file", "x.xlsx", "text/csv", new byte[] {'P', 'K', 3, 4, 20, 0, 0});
        MockHttpServletResponse answer = manager(multipart("/desk/imports").file(excel));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(body(answer)).contains("请解压后上传");
        MockHttpServletResponse nothing = manager(multipart("/desk/imports"));
        assertThat(nothing.getStatus()).isEqualTo(422);
        assertThat(body(nothing)).contains("请选择一个文件");
    }

    @Test
    void onlyManagersAndAdministratorsImport() throws Exception {
        assertThat(asked(get("/desk/imports"), Role.ADMINISTRATOR).getStatus()).isEqualTo(200);
        for (Role role : List.of(Role.AGENT, Role.HANDLER, Role.QUALITY, Role.AUDITOR)) {
            assertThat(asked(get("/desk/imports"), role).getStatus())
                    .as(role.name())
                    .isEqualTo(403);
            assertThat(asked(get("/desk/imports/" + UUID.randomUUID()), role).getStatus())
                    .as(role.name())
                    .isEqualTo(403);
        }
        assertThat(manager(get("/desk/imports/" + UUID.randomUUID())).getStatus())
                .isEqualTo(404);
    }
}
