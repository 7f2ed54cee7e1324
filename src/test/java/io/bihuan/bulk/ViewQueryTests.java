package io.bihuan.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of an address is kept as a view. */
class ViewQueryTests {
    @Test
    void onlyWhatTheWorklistUnderstandsIsKept() {
        assertThat(ViewQuery.read(
                                "overdue=true&cursor=x&HX=1&mine=owner&stage=HANDLE&q=%E6%BC%8F%E6%B0%B4&severity=HUGE")
                        .toString())
                .isEqualTo("q=%E6%BC%8F%E6%B0%B4&stage=HANDLE&mine=owner&overdue=true");
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        assertThat(ViewQuery.read(null).toString()).isEmpty();
        assertThat(ViewQuery.read("&&=&q&q=%zz&category=%00&mine=somebody&overdue=yes")
                        .toString())
                .isEmpty();
        assertThat(ViewQuery.read("q=" + "a".repeat(201)).toString()).isEmpty();
    }

    @Test
    void whatWasKeptReadsAsItself() {
        String kept = ViewQuery.read("q=a%26b%3Dc+d&department=after-sales").toString();
        assertThat(ViewQuery.read(kept))
                .hasToString(kept)
                .satisfies(query -> assertThat(query.isSearch()).isTrue());
    }
}
