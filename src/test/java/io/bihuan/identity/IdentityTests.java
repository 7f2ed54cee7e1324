package io.bihuan.identity;

import static io.bihuan.HttpVisitor.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.HttpVisitor;
import io.bihuan.MovableTime;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.net.HttpCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

@BihuanTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "bihuan.bootstrap.admin-password=first-administrator",
            "bihuan.bootstrap.api-token=0123456789abcdef0123456789abcdef"
        })
class IdentityTests {
    private static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    int port;

    @Autowired
    Staff staff;

    @Autowired
    SignIns signIns;

    @Autowired
    Tokens tokens;

    @Autowired
    Routes routes;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private HttpVisitor visitor() {
        return new HttpVisitor(port);
    }

    private String login(@Nullable String department, Role... roles) {
        String login = "u" + Ids.next().toString().replace("-", "");
        staff.create(login, PASSWORD, false, StaffDetails.of("员工" + login.substring(8, 16), department, roles));
        return login;
    }

    private HttpVisitor administrator() {
        var visitor = visitor();
        assertThat(visitor.signIn("admin", "first-administrator").statusCode()).isEqualTo(303);
        return visitor;
    }

    // ---- sign-in

    @Test
    void whoeverIsNotSignedInIsSentToTheDoorAndBack() {
        var visitor = visitor();
        var sent = visitor.get("/desk/staff?query=a");
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(location(sent)).isEqualTo("/sign-in?to=%2Fdesk%2Fstaff%3Fquery%3Da");
        assertThat(visitor.get(location(sent)).body()).contains("name=\"to\" value=\"/desk/staff?query=a\"");
        var back = visitor.post(
                "/sign-in", "login", "ADMIN", "password", "first-administrator", "to", "/desk/staff?query=a");
        assertThat(location(back)).isEqualTo("/desk/staff?query=a");
        assertThat(visitor.get("/desk/staff?query=a").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\nx"})
    void nobodyIsSentToAStrangerAfterSigningIn(String to) {
        var visitor = visitor();
        visitor.get("/sign-in");
        var answer = visitor.post("/sign-in", "login", "admin", "password", "first-administrator", "to", to);
        assertThat(location(answer)).isIn("/desk", "");
    }

    @Test
    void aWrongPasswordAnUnknownLoginAndADismissedPersonHearTheSame() {
        String login = login(null, Role.AGENT);
        String gone = login(null, Role.AGENT);
        var member = staff.accountOf(gone).orElseThrow().member();
        staff.update(member.id(), new StaffDetails(member.name(), member.roles(), null, null, false));
        for (String[] pair : new String[][] {
            {login, "wrong password"},
            {"nobody-" + login, PASSWORD},
            {gone, PASSWORD},
            {login, PASSWORD + " "},
            {login, ""}
        }) {
            var answer = visitor().signIn(pair[0], pair[1]);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("账号或密码不正确").contains("value=\"" + pair[0] + "\"");
        }
    }

    @Test
    void everyFailureAfterTheThirdDoublesTheWaitUpToAQuarterOfAnHour() {
        for (String login : List.of(login(null, Role.AGENT), "nobody" + Ids.next())) {
            for (int i = 0; i < 3; i++) {
                assertWrong(login);
            }
            for (long wait = 1; wait <= 2048; wait *= 2) {
                long expected = Math.min(wait, 900);
                // A busy machine may need longer to ask than the first waits last.
                if (wait >= 8) {
                    assertWaits(login, expected);
                }
                time.advance(Duration.ofSeconds(expected));
                assertWrong(login);
            }
        }
    }

    /** More than half of it is left: the time goes on while passwords are checked. */
    private void assertWaits(String login, long expected) {
        assertThatThrownBy(() -> signIns.enter(login, PASSWORD)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.key()).isEqualTo("identity.refused.wait");
            assertThat((Long) refused.arguments().getFirst()).isBetween(expected / 2 + 1, expected);
        });
    }

    private void assertWrong(String login) {
        assertThatThrownBy(() -> signIns.enter(login, "wrong password"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("identity.refused.wrong"));
    }

    @Test
    void aRightPasswordAfterTheWaitForgetsTheFailures() {
        String login = login(null, Role.AGENT);
        for (int i = 0; i < 3; i++) {
            assertWrong(login);
        }
        // So often that the wait is longer than a busy machine needs to ask.
        for (long wait = 1; wait < 64; wait *= 2) {
            time.advance(Duration.ofSeconds(wait));
            assertWrong(login);
        }
        assertThat(visitor().signIn(login, PASSWORD).body()).contains("秒后再试");
        time.advance(Duration.ofSeconds(65));
        assertThat(signIns.enter(login.toUpperCase(java.util.Locale.ROOT), PASSWORD)
                        .login())
                .isEqualTo(login);
        assertWrong(login);
        assertWrong(login);
        assertThat(signIns.enter(login, PASSWORD).login()).isEqualTo(login);
    }

    @Test
    void manyAttemptsAtOnceGainNothing() throws Exception {
        String login = login(null, Role.AGENT);
        var keys = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> attempt = () -> {
                try {
                    signIns.enter(login, "wrong password");
                    return "";
                } catch (Refused refused) {
                    return refused.key();
                }
            };
            var attempts =
                    java.util.stream.Stream.generate(() -> attempt).limit(12).toList();
            for (var done : threads.invokeAll(attempts)) {
                keys.add(done.get());
            }
        }
        assertThat(keys).contains("identity.refused.wait");
        assertThat(keys.stream().filter("identity.refused.wrong"::equals).count())
                .isBetween(3L, 6L);
    }

    @Test
    void theLoginAndPasswordOfABotAreNoError() {
        for (String strange :
                List.of("a\u0000b", "\uFFFF", "x".repeat(100_000), "' or 1=1 --", "<script>alert(1)</script>")) {
            var answer = visitor().signIn(strange, strange);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).doesNotContain("<script>alert");
        }
    }

    @Test
    void aPasswordOfMoreThan72BytesIsRefusedAndNeverCut() {
        String login = "u" + Ids.next().toString().substring(0, 30);
        assertThatThrownBy(() -> staff.create(login, "密".repeat(25), false, StaffDetails.of("甲", null, Role.AGENT)))
                .hasMessageContaining("identity.refused.longPassword");
        staff.create(login, "密".repeat(24), false, StaffDetails.of("甲", null, Role.AGENT));
        assertThatThrownBy(() -> signIns.enter(login, "密".repeat(24) + "x"))
                .hasMessageContaining("identity.refused.wrong");
        assertThat(signIns.enter(login, "密".repeat(24)).login()).isEqualTo(login);
    }

    // ---- sessions

    @Test
    void theSessionIsInTheDatabaseAndItsCookieIsForTheServerOnly() {
        var visitor = visitor();
        visitor.signIn(login(null, Role.AGENT), PASSWORD);
        var cookie = cookie(visitor, "bihuan");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(jdbc.sql("select count(*) from identity.spring_session_attributes where attribute_name = 'staff'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(visitor.get("/desk/password").statusCode()).isEqualTo(200);
        assertThat(location(visitor.post("/sign-out"))).isEqualTo("/sign-in");
        assertThat(visitor.get("/desk/password").statusCode()).isEqualTo(303);
        var thief = visitor();
        assertThat(thief.get("/desk/password", "Cookie", "bihuan=" + cookie.getValue())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void signingInChangesTheIdOfTheSession() {
        var visitor = visitor();
        visitor.signIn(login(null, Role.AGENT), PASSWORD);
        String first = cookie(visitor, "bihuan").getValue();
        visitor.get("/desk/password");
        visitor.post("/sign-in", "login", login(null, Role.AGENT), "password", PASSWORD);
        assertThat(cookie(visitor, "bihuan").getValue()).isNotEqualTo(first);
    }

    @Test
    void pagesForEverybodyAndApiCallsMakeNoSession() {
        int before = sessions();
        var visitor = visitor();
        visitor.get("/sign-in");
        visitor.get("/desk/staff");
        visitor.get("/nowhere");
        visitor.get("/api/v1/nothing", "Authorization", "Bearer 0123456789abcdef0123456789abcdef");
        assertThat(sessions()).isEqualTo(before);
        assertThat(visitor.cookies()).extracting(HttpCookie::getName).doesNotContain("bihuan");
    }

    @Test
    void aDismissalAndANewPasswordEndTheSessions() {
        String login = login(null, Role.AGENT);
        var visitor = visitor();
        visitor.signIn(login, PASSWORD);
        var other = visitor();
        other.signIn(login, PASSWORD);
        other.get("/desk/password");
        var changed = other.post(
                "/desk/password", "current", PASSWORD, "next", "another password", "again", "another password");
        assertThat(location(changed)).isEqualTo("/desk/password");
        assertThat(other.get("/desk/password").body()).contains("密码已修改");
        assertThat(visitor.get("/desk/password").statusCode()).isEqualTo(303);

        var member = staff.accountOf(login).orElseThrow().member();
        staff.update(member.id(), new StaffDetails(member.name(), member.roles(), null, null, false));
        assertThat(other.get("/desk/password").statusCode()).isEqualTo(303);
    }

    private HttpCookie cookie(HttpVisitor visitor, String name) {
        return visitor.cookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int sessions() {
        return Objects.requireNonNull(jdbc.sql("select count(*) from identity.spring_session")
                .query(Integer.class)
                .single());
    }

    // ---- forms

    @Test
    void aFormWithoutItsTokenIsRefusedWithAPage() {
        var visitor = administrator();
        visitor.forgetToken();
        var answer = visitor.post("/desk/tokens", "name", "x", "scopes", "COMPLAINTS_READ");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("没有权限").contains("回到工作台").contains("/sign-out");
        assertThat(visitor().post("/sign-in", "login", "admin", "password", "x").statusCode())
                .isEqualTo(403);
    }

    @Test
    void pagesForbidForeignScriptsAndFrames() {
        var headers = visitor().get("/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        var body = visitor().get("/sign-in").body();
        assertThat(body).doesNotContain(" style=").doesNotContain("<style").doesNotContain(" onclick");
        assertThat(Pattern.compile("<script(?! src=)").matcher(body).find()).isFalse();
    }

    // ---- who may do what

    @Test
    void aRouteOfNobodyIsNotThereForAnybody() {
        assertThat(routes.find(HttpMethod.GET, "/desk/nothing")).isEmpty();
        assertThat(visitor().get("/desk/nothing").statusCode()).isEqualTo(404);
        assertThat(administrator().get("/desk/nothing").statusCode()).isEqualTo(404);
        assertThat(visitor().get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(visitor().get("/error").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyAnAdministratorAdministers() {
        var agent = visitor();
        agent.signIn(login(null, Role.AGENT, Role.MANAGER), PASSWORD);
        for (String path : List.of("/desk/staff", "/desk/staff/new", "/desk/tokens")) {
            var answer = agent.get(path);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("没有权限").doesNotContain("href=\"/desk/staff\"");
        }
        assertThat(administrator().get("/desk/staff").body()).contains("href=\"/desk/tokens\"");
    }

    @Test
    void aPartOfAPageSendsTheWholePageToTheDoor() {
        var answer = visitor().get("/desk/staff", "HX-Request", "true");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).contains("/sign-in");
    }

    @Test
    void theMoreSpecificRuleDecides() {
        var table = new Routes(List.of(
                () -> List.of(
                        Route.staff("/desk/things/**"),
                        Route.roles(HttpMethod.POST, "/desk/things/{id}/end", Role.MANAGER)),
                () -> List.of(Route.open(HttpMethod.GET, "/desk/things/help"))));
        var agent = new SignedIn(UUID.randomUUID(), "a", "a", Set.of(Role.AGENT), null, false);
        assertThat(table.allows(HttpMethod.GET, "/desk/things/7?x=y", agent)).isTrue();
        assertThat(table.allows(HttpMethod.POST, "/desk/things/7/end", agent)).isFalse();
        assertThat(table.find(HttpMethod.HEAD, "/desk/things/help")
                        .orElseThrow()
                        .access())
                .isEqualTo(new Access.Open());
        assertThat(table.find(HttpMethod.GET, "/desk")).isEmpty();
        assertThatThrownBy(() -> new Routes(List.of(() -> List.of(Route.staff("/a"), Route.open("/a")))))
                .hasMessageContaining("two rules");
    }

    @Test
    void whoOnlyHandlesReachesTheOwnDepartment() {
        var handler = new SignedIn(UUID.randomUUID(), "h", "h", Set.of(Role.HANDLER), "parts", false);
        var both = new SignedIn(UUID.randomUUID(), "b", "b", Set.of(Role.HANDLER, Role.AGENT), "parts", false);
        assertThat(handler.reach()).isEqualTo(new Reach(false, "parts"));
        assertThat(both.reach()).isEqualTo(Reach.ALL);
    }

    // ---- tokens

    @Test
    void theApiAsksForATokenAndItsScope() {
        var program = visitor();
        assertProblem(program.get("/api/v1/complaints-of-nobody"), 401);
        assertThat(program.get("/api/v1/x").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
        assertProblem(program.get("/api/v1/x", "Authorization", "Bearer unknown"), 401);
        assertProblem(program.get("/api/v1/x", "Authorization", "Basic YTpi"), 401);
        assertProblem(program.get("/api/v1/x", "Authorization", "Bearer 0123456789abcdef0123456789abcdef"), 404);
        assertProblem(program.get("/api/v1/x", "Authorization", "Bearer " + "a".repeat(2000)), 401);
        assertProblem(program.postJson("/api/v1/x", "{}"), 401);
    }

    @Test
    void aTokenWithoutTheScopeIsForbidden() {
        var reader =
                tokens.create("reader", Set.of(Scope.COMPLAINTS_READ), null).secret();
        assertProblem(visitor().postJson("/api/v1/complaints", "{}", "Authorization", "Bearer " + reader), 403);
        assertThat(visitor()
                        .get("/api/v1/complaints", "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(200);
        assertProblem(administrator().get("/api/v1/complaints"), 401);
    }

    private static void assertProblem(java.net.http.HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status);
    }

    @Test
    void aScopeOpensItsRouteOnly() {
        var table = new Routes(
                List.of(() -> List.of(Route.scope(HttpMethod.POST, "/api/v1/things", Scope.COMPLAINTS_WRITE))));
        var rule = table.find(HttpMethod.POST, "/api/v1/things").orElseThrow();
        assertThat(rule.access()).isEqualTo(new Access.Scoped(Scope.COMPLAINTS_WRITE));
        assertThat(table.find(HttpMethod.GET, "/api/v1/things")).isEmpty();
        assertThat(Scope.COMPLAINTS_WRITE.label()).isEqualTo("complaints:write");
    }

    @Test
    void aTokenEndsAtItsTimeOrWhenItIsRevoked() {
        var brief = tokens.create(
                "short", Set.of(Scope.COMPLAINTS_READ), time.instant().plus(Duration.ofDays(1)));
        var revoked = tokens.create("revoked", Set.of(Scope.COMPLAINTS_READ), null);
        assertThat(tokens.check(brief.secret()).orElseThrow().scopes()).containsExactly(Scope.COMPLAINTS_READ);
        assertThat(tokens.check(revoked.secret())).isPresent();
        tokens.revoke(revoked.id());
        assertThat(tokens.check(revoked.secret())).isEmpty();
        time.advance(Duration.ofDays(1));
        assertThat(tokens.check(brief.secret())).isEmpty();
        assertThat(jdbc.sql(
                                "select count(*) from identity.token where position(convert_to(:secret, 'UTF8') in secret_hash) > 0")
                        .param("secret", brief.secret())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anAdministratorMakesATokenThatIsShownOnceAndEndsIt() {
        var visitor = administrator();
        visitor.get("/desk/tokens");
        var made = visitor.post("/desk/tokens", "name", "官网 <b>", "scopes", "COMPLAINTS_WRITE", "days", "90");
        assertThat(made.statusCode()).isEqualTo(201);
        var found = Pattern.compile("id=\"secret\">(bh_[^<]+)<").matcher(made.body());
        assertThat(found.find()).isTrue();
        var principal = tokens.check(found.group(1)).orElseThrow();
        assertThat(principal.name()).isEqualTo("官网 <b>");
        var list = visitor.get("/desk/tokens");
        assertThat(list.body()).contains("官网 &lt;b>").doesNotContain(found.group(1));
        var ended = visitor.post("/desk/tokens/" + principal.id() + "/revocation");
        assertThat(location(ended)).isEqualTo("/desk/tokens");
        assertThat(tokens.check(found.group(1))).isEmpty();
        assertThat(visitor.post("/desk/tokens", "name", " ", "days", "x").statusCode())
                .isEqualTo(422);
    }

    // ---- staff

    @Test
    void anAdministratorAddsSomebodyWhoMustChangeThePassword() {
        var administrator = administrator();
        administrator.get("/desk/staff/new");
        String login = "w" + Ids.next().toString().substring(24);
        var empty = administrator.post("/desk/staff", "login", login, "name", "");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("请填写此项").contains("value=\"" + login + "\"");
        var made = administrator.post(
                "/desk/staff", "login", login, "name", "王小明", "roles", "AGENT", "roles", "QUALITY", "active", "true");
        assertThat(made.statusCode()).isEqualTo(201);
        var secret = Pattern.compile("id=\"secret\">([^<]+)<").matcher(made.body());
        assertThat(secret.find()).isTrue();
        assertThat(administrator
                        .post(
                                "/desk/staff",
                                "login",
                                login.toUpperCase(java.util.Locale.ROOT),
                                "name",
                                "二",
                                "roles",
                                "AGENT")
                        .body())
                .contains("已被使用");
        assertThat(administrator.get("/desk/staff?query=" + login).body())
                .contains("王小明")
                .contains("客服");

        var newcomer = visitor();
        assertThat(location(newcomer.signIn(login, secret.group(1)))).isEqualTo("/desk/password");
        assertThat(newcomer.get("/desk/password").body()).contains("一次性密码").doesNotContain("<nav class=\"tabs");
        assertThat(newcomer.post("/desk/password", "current", "x", "next", PASSWORD, "again", PASSWORD)
                        .body())
                .contains("当前密码不正确");
        assertThat(newcomer.post("/desk/password", "current", secret.group(1), "next", "short", "again", "short")
                        .body())
                .contains("密码至少 10 个字符");
        assertThat(newcomer.post("/desk/password", "current", secret.group(1), "next", PASSWORD, "again", "x")
                        .body())
                .contains("两次输入的新密码不一致");
        var changed = newcomer.post("/desk/password", "current", secret.group(1), "next", PASSWORD, "again", PASSWORD);
        assertThat(location(changed)).isEqualTo("/desk");
        assertThat(newcomer.get("/desk/password").body()).doesNotContain("请先设置您自己的密码");
    }

    @Test
    void anAdministratorChangesSomebodyAndGivesANewPassword() {
        String login = login(null, Role.AGENT);
        UUID id = staff.accountOf(login).orElseThrow().member().id();
        var administrator = administrator();
        administrator.get("/desk/staff/" + id);
        var refused = administrator.post("/desk/staff/" + id, "name", "李", "roles", "HANDLER", "active", "true");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("必须选择责任部门");
        assertThat(administrator
                        .post(
                                "/desk/staff/" + id,
                                "name",
                                "李",
                                "roles",
                                "HANDLER",
                                "department",
                                "no-such",
                                "active",
                                "true")
                        .statusCode())
                .isEqualTo(422);
        var saved = administrator.post(
                "/desk/staff/" + id, "name", "李四", "roles", "MANAGER", "language", "en", "active", "true");
        assertThat(location(saved)).isEqualTo("/desk/staff");
        assertThat(administrator.get("/desk/staff?query=").body()).contains("已保存 李四 的资料");
        assertThat(staff.find(id).orElseThrow().roles()).containsExactly(Role.MANAGER);

        var english = visitor();
        english.signIn(login, PASSWORD);
        assertThat(english.get("/desk/password").body()).contains("Change password");
        administrator.get("/desk/staff/" + id);
        var reset = administrator.post("/desk/staff/" + id + "/password");
        assertThat(reset.body()).contains("id=\"secret\"");
        assertThat(english.get("/desk/password").statusCode()).isEqualTo(303);
        assertThat(administrator.get("/desk/staff/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        assertThat(administrator.get("/desk/staff/not-an-id").statusCode()).isEqualTo(400);
        assertThat(administrator.get("/desk/staff?cursor=%00").statusCode()).isEqualTo(400);
        assertThat(administrator.get("/desk/staff?query=a%00").statusCode()).isEqualTo(400);
    }

    @Test
    void anAdministratorAlwaysRemains() {
        var administrators = staff.withRole(Role.ADMINISTRATOR, null);
        var admin = staff.accountOf("admin").orElseThrow().member();
        assertThat(administrators).containsExactly(admin);
        assertThatThrownBy(() -> staff.update(admin.id(), StaffDetails.of("x", null, Role.AGENT)))
                .hasMessageContaining("identity.refused.lastAdministrator");
        assertThatThrownBy(() ->
                        staff.update(admin.id(), new StaffDetails("x", Set.of(Role.ADMINISTRATOR), null, null, false)))
                .hasMessageContaining("identity.refused.lastAdministrator");
    }

    @Test
    void theStaffIsListedPageByPageAndFoundByItsBeginning() {
        String prefix = "p" + Ids.next().toString().substring(24);
        for (int i = 0; i < 5; i++) {
            staff.create(prefix + "_" + i, PASSWORD, false, StaffDetails.of("赵%" + prefix + i, "parts", Role.HANDLER));
        }
        var first = staff.list(prefix, null, 3);
        var second = staff.list(prefix, first.getLast().login(), 3);
        assertThat(first).extracting(StaffMember::login).containsExactly(prefix + "_0", prefix + "_1", prefix + "_2");
        assertThat(second).extracting(StaffMember::login).containsExactly(prefix + "_3", prefix + "_4");
        assertThat(staff.list("赵%" + prefix, null, 10)).hasSize(5);
        assertThat(staff.list(prefix + "%", null, 10)).isEmpty();
        assertThat(staff.list(prefix + "-", null, 10)).isEmpty();
        assertThat(staff.withRole(Role.HANDLER, "parts")).containsAll(first);
        var ids = first.stream().map(StaffMember::id).toList();
        assertThat(staff.names(ids)).containsOnlyKeys(ids);
        assertThat(staff.names(List.of(UUID.randomUUID()))).isEmpty();
    }

    // ---- bad input

    @Test
    void tooLargeFormsAreSaidSo() {
        var visitor = visitor();
        visitor.get("/sign-in");
        var answer = visitor.post("/sign-in", "login", "a".repeat(5 << 20), "password", "x");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("内容过大");
        assertProblem(
                visitor.postJson(
                        "/api/v1/x",
                        "\"" + "a".repeat(9 << 20) + "\"",
                        "Authorization",
                        "Bearer 0123456789abcdef0123456789abcdef"),
                413);
    }
}
