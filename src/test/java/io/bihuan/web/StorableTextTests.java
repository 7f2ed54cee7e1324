package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorableTextTests {
    @Test
    void onlyNulAndHalvesOfCharactersAreRefused() {
        assertThat(StorableText.is("空调 KFR-35GW \t\n \u202e 👩‍🔧 \uFFFD \uFEFF"))
                .isTrue();
        assertThat(StorableText.is("a\u0000b")).isFalse();
        assertThat(StorableText.is("\ud83d")).isFalse();
        assertThat(StorableText.is("\ude00\ud83d")).isFalse();
    }

    @Test
    void whatCannotBeSeenSaysNothing() {
        assertThat(StorableText.saysSomething(null)).isFalse();
        assertThat(StorableText.saysSomething(" \t\u00a0\u3000\n\u200b\ufeff")).isFalse();
        assertThat(StorableText.saysSomething("\u00a0。")).isTrue();
        assertThat(StorableText.saysSomething("👩‍🔧")).isTrue();
    }

    @Test
    void aCursorComesBackAsItWentAndNothingElseIsRead() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-11-22T01:30:00.123456Z");
        Cursor cursor = Objects.requireNonNull(Cursor.read(Cursor.after(at, id, 7, "张三"), 4));
        assertThat(cursor.instant(0)).isEqualTo(at);
        assertThat(cursor.id(1)).isEqualTo(id);
        assertThat(cursor.number(2)).isEqualTo(7);
        assertThat(cursor.text(3)).isEqualTo("张三");
        assertThat(Cursor.read(null, 4)).isNull();
        for (String wrong :
                new String[] {"?", "AAAA", "一", Cursor.after("one"), "%00", Cursor.after("a", "b", "c", "\u0000")}) {
            assertThatThrownBy(() -> Cursor.read(wrong, 4)).isInstanceOf(BadInput.class);
        }
        assertThatThrownBy(() -> Objects.requireNonNull(Cursor.read(Cursor.after("x", "y"), 2))
                        .id(0))
                .isInstanceOf(BadInput.class);
    }
}
