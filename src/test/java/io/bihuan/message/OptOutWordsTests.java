package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as an answer that nothing more is wanted. */
class OptOutWordsTests {
    @Test
    void refusalsAreUnderstoodHoweverTheyAreTyped() {
        for (String refusal :
                List.of("T", "t", "ｔ", " TD ", "退订", "退订。", "回复T", "回复退订", "拒收", "取消订阅！", "STOP", "unsubscribe")) {
            assertThat(OptOuts.isRefusal(refusal)).as(refusal).isTrue();
        }
    }

    @Test
    void whatIsSaidAboutTheMatterIsNoRefusal() {
        for (String answer : List.of("", "好的", "退订之前请先把钱退给我", "师傅还没来", "TV坏了", "不退", "1", "谢谢")) {
            assertThat(OptOuts.isRefusal(answer)).as(answer).isFalse();
        }
    }
}
