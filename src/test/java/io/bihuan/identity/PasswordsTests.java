package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTests {
    @Test
    void nobodysHashCostsAsMuchAsEverybodys() throws Exception {
        Field field = Passwords.class.getDeclaredField("nobody");
        field.setAccessible(true);
        assertThat((String) field.get(new Passwords(12))).matches("\\{bcrypt}\\$2a\\$12\\$[./0-9A-Za-z]{53}");
        assertThat(new Passwords(12).hash("correct horse")).startsWith("{bcrypt}$2a$12$");
    }

    @Test
    void nobodyAndTheEmptyPasswordNeverMatch() {
        var passwords = new Passwords(4);
        assertThat(passwords.matches("", null)).isFalse();
        assertThat(passwords.matches("x".repeat(100), passwords.hashAnyLength(" ")))
                .isFalse();
    }

    @Test
    void oneTimePasswordsDiffer() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> Passwords.random()).distinct())
                .hasSize(1000);
        assertThat(Passwords.random()).hasSize(16);
    }
}
