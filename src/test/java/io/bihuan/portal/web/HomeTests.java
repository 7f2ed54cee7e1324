package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@BihuanTest
class HomeTests {
    @Autowired
    MockMvc http;

    @Test
    void homeSaysWhatToDoHowItGoesOnAndWhatIsPromised() {
        var home = new Visitor(http).open("/");
        assertThat(home.status()).isEqualTo(200);
        assertThat(home.html())
                .contains("href=\"/complain\"")
                .contains("href=\"/track\"")
                .contains("400-000-0000")
                .contains("全国 12315 平台")
                .contains("href=\"tel:12315\"")
                // from the clocks of the pack: general, urgent, major
                .contains("30 分钟内首次响应")
                .contains("15 分钟内首次响应")
                .contains("5 分钟内首次响应")
                .contains("24 小时内处理完成")
                .contains("8 小时内处理完成")
                .contains("48 小时内处理完成")
                .contains("2 小时内结果告知");
        for (String step : List.of("受理", "核实", "处理", "反馈", "归档")) {
            assertThat(home.html()).contains("<strong>" + step + "</strong>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/complain", "/track"})
    void everyPageSpeaksBothLanguages(String path) {
        var visitor = new Visitor(http);
        assertThat(visitor.open(path).html()).contains("lang=\"zh-CN\"");
        var english = visitor.open(path, "Accept-Language", "en");
        assertThat(english.status()).isEqualTo(200);
        assertThat(english.html()).contains("lang=\"en\"");
        assertThat(english.html().replaceFirst(">中文<", "")).doesNotContainPattern("(?<!语言)[\\u4e00-\\u9fff]{3,}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/complain", "/track", "/t/x"})
    void noPageNeedsAScriptOrCarriesOneInside(String path) {
        String html = new Visitor(http).open(path).html();
        assertThat(html).doesNotContainPattern("<script(?![^>]*\\ssrc=)").doesNotContainPattern("\\son[a-z]+=\"");
        assertThat(html).doesNotContainPattern("\\sstyle=\"");
    }

    @Test
    void anUnknownLineOfBusinessIsTheFirst() {
        assertThat(new Visitor(http).open("/?line=<x>").status()).isEqualTo(200);
        assertThat(new Visitor(http).open("/complain?line=<x>&category=<x>").html())
                .doesNotContain("<x>");
    }
}
