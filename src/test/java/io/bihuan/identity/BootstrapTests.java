package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.TestDatabase;
import io.bihuan.platform.database.CannotStart;
import io.bihuan.web.Bundles;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class BootstrapTests {
    private final JdbcClient jdbc = TestDatabase.fresh().jdbcClient();
    private final Staff staff = new Staff(jdbc, InstantSource.system(), new Passwords(4));
    private final Tokens tokens = new Tokens(jdbc, InstantSource.system());
    private final SignIns signIns = new SignIns(jdbc, InstantSource.system(), staff, new Passwords(4));
    private final Bundles texts = new Bundles(InstantSource::system, ZoneId.of("Asia/Shanghai"), true);

    private void start(String password, String token) {
        new Bootstrap(staff, tokens, texts, password, token).afterSingletonsInstantiated();
    }

    @Test
    void theFirstStartPrintsAPasswordOnceThatMustBeChanged(CapturedOutput output) {
        start("", "");
        var printed = Pattern.compile("one-time password (\\S+) ").matcher(output.getOut());
        assertThat(printed.find()).isTrue();
        assertThat(signIns.enter("admin", printed.group(1)).mustChangePassword())
                .isTrue();
        int length = output.getOut().length();
        start("", "");
        assertThat(output.getOut().substring(length)).doesNotContain("password");
    }

    @Test
    void aGivenPasswordIsNotPrintedAndChangesNothingLater(CapturedOutput output) {
        start("given", "");
        start("other password", "");
        assertThat(signIns.enter("admin", "given").mustChangePassword()).isFalse();
        assertThatThrownBy(() -> signIns.enter("admin", "other password"))
                .hasMessageContaining("identity.refused.wrong");
        assertThat(output.getOut()).doesNotContain("given");
    }

    @Test
    void twoNodesThatStartAtOnceMakeOneAdministrator() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> start = () -> {
                start("given password", "0123456789abcdef0123456789abcdef");
                return true;
            };
            for (var done : threads.invokeAll(java.util.Collections.nCopies(4, start))) {
                done.get();
            }
        }
        assertThat(count("staff")).isOne();
        assertThat(count("token")).isOne();
    }

    private int count(String table) {
        return Objects.requireNonNull(jdbc.sql("select count(*) from identity." + table)
                .query(Integer.class)
                .single());
    }

    @Test
    void aGivenTokenOpensTheApiWithBothScopesUntilItIsRevoked() {
        String secret = "0123456789abcdef0123456789abcdef";
        start("given password", secret);
        start("given password", secret);
        var principal = tokens.check(secret).orElseThrow();
        assertThat(principal.scopes()).containsExactlyInAnyOrder(Scope.values());
        tokens.revoke(principal.id());
        start("given password", secret);
        assertThat(tokens.check(secret)).isEmpty();
    }

    @Test
    void aShortTokenAndATooLongPasswordStopTheStart() {
        assertThatThrownBy(() -> start("given password", "short"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("bihuan.bootstrap.api-token")
                .hasMessageContaining("32");
        assertThatThrownBy(() -> start("x".repeat(73), ""))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("bihuan.bootstrap.admin-password");
        assertThat(count("staff")).isZero();
    }
}
