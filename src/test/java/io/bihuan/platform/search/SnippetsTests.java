package io.bihuan.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.platform.search.Snippets.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsTests {
    @Test
    void marksWhatTheQueryFoundWhateverItsForm() {
        assertThat(marked("我的ＫＦＲ-35ＧＷ空調漏水，空调", "35gw空调 漏")).isEqualTo("我的ＫＦＲ-[35ＧＷ空調漏]水，空调");
        assertThat(marked("收280元，又收80元", "80元")).isEqualTo("收2[80元]，又收[80元]");
        assertThat(marked("上门、维修", "门维")).isEqualTo("上[门、维]修");
        assertThat(marked("哈哈哈", "哈哈")).isEqualTo("[哈哈哈]");
        assertThat(marked("cafe\u0301!", "café")).isEqualTo("[cafe\u0301]!");
    }

    @Test
    void marksNothingWhereNothingWasAskedOrFound() {
        assertThat(Snippets.marks("空调漏水", " ，。")).isEmpty();
        assertThat(Snippets.marks("空调漏水", "冰箱")).isEmpty();
        assertThat(Snippets.marks("", "冰箱")).isEmpty();
    }

    @Test
    void aSnippetHoldsTheFirstMark() {
        String text = "前".repeat(500) + "空调漏水" + "后".repeat(500);
        var snippet = Snippets.around(text, "空调", 60);
        assertThat(snippet.text()).hasSize(60).contains("空调漏水");
        assertThat(snippet.cutBefore()).isTrue();
        assertThat(snippet.cutAfter()).isTrue();
        Mark mark = snippet.marks().getFirst();
        assertThat(snippet.text().substring(mark.from(), mark.to())).isEqualTo("空调");
    }

    @Test
    void aSnippetOfAShortTextIsAllOfIt() {
        var snippet = Snippets.around("空调漏水", "漏水", 60);
        assertThat(snippet).isEqualTo(new Snippets.Snippet("空调漏水", List.of(new Mark(2, 4)), false, false));
        assertThat(Snippets.around("空调漏水", "", 2).text()).isEqualTo("空调");
    }

    @Test
    void aSnippetCutsNoCharacterInHalf() {
        var snippet = Snippets.around("😡".repeat(100), "冰箱", 31);
        assertThat(snippet.text()).isEqualTo("😡".repeat(15));
    }

    private static String marked(String text, String query) {
        var marked = new StringBuilder(text);
        for (Mark mark : Snippets.marks(text, query).reversed()) {
            marked.insert(mark.to(), ']').insert(mark.from(), '[');
        }
        return marked.toString();
    }
}
