package io.bihuan.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The same post is recognised however its address was copied. */
class PublicPostTests {
    @Test
    void whatOnlySaysHowItWasReachedIsNotItsIdentity() {
        String identity = PublicPost.identity("https://weibo.com/123/Abc").orElseThrow();
        assertThat(PublicPost.identity("http://www.weibo.com/123/Abc/?from=page&utm_source=x#comment"))
                .contains(identity);
        assertThat(PublicPost.identity("https://m.weibo.com/123/Abc")).contains(identity);
    }

    @Test
    void anotherPostIsAnotherOne() {
        assertThat(PublicPost.identity("https://weibo.com/123/abc"))
                .isNotEqualTo(PublicPost.identity("https://weibo.com/123/Abc"));
        assertThat(PublicPost.identity("https://tieba.example.cn/p?id=1&page=2"))
                .isEqualTo(PublicPost.identity("https://tieba.example.cn/p?page=2&id=1"))
                .isNotEqualTo(PublicPost.identity("https://tieba.example.cn/p?id=2&page=2"));
    }

    @Test
    void whatIsNoAddressOfTheWebIsNone() {
        assertThat(PublicPost.identity("javascript:alert(1)")).isEmpty();
        assertThat(PublicPost.identity("weibo.com/1")).isEmpty();
        assertThat(PublicPost.identity("http://a b")).isEmpty();
        assertThat(PublicPost.identity("https://weibo.com/" + "a".repeat(500))).isEmpty();
    }
}
