package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.Bihuan;
import io.bihuan.TestDatabase;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Stage;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Origin;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Somebody changes an industry pack on one of two nodes while complaints are open. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackVersionsTests {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final String PASSWORD = "pack-versions-administrator";

    private final TestDatabase database = TestDatabase.fresh();
    private ConfigurableApplicationContext a;
    private ConfigurableApplicationContext b;

    @BeforeAll
    void start(@TempDir Path folder) {
        a = node(folder.resolve("a"));
        b = node(folder.resolve("b"));
    }

    @AfterAll
    void stop() {
        b.close();
        a.close();
    }

    private ConfigurableApplicationContext node(Path folder) {
        return new SpringApplicationBuilder(Bihuan.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .getBeanFactory()
                        .registerSingleton("withoutTests", new WithoutTests()))
                .run(
                        "--server.port=0",
                        "--bihuan.data=" + folder,
                        "--bihuan.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--bihuan.bootstrap.admin-password=" + PASSWORD,
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
    }

    private static URI address(ConfigurableApplicationContext node) {
        return URI.create(
                "http://127.0.0.1:" + node.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    /** A category is renamed, another is gone, what is due in 8 hours is due in one, one question is new. */
    private static PackFolder second(PackFolder first) {
        var texts = new TreeMap<String, String>();
        first.files().forEach((file, bytes) -> texts.put(file, new String(bytes, StandardCharsets.UTF_8)));
        texts.computeIfPresent(
                "categories.yaml",
                (file, text) ->
                        text.replace("反复维修未修好", "多次返修仍有故障").replaceAll("(?m)^ +- code: used-part\\n.*\\n.*\\n", ""));
        texts.replaceAll((file, text) -> text.replace(", used-part", "").replace("used-part, ", ""));
        texts.computeIfPresent(
                PackFolder.BASE + "clocks.yaml",
                (file, text) -> text.replace(
                                "{GENERAL: 1440, URGENT: 480, MAJOR: 2880}", "{GENERAL: 60, URGENT: 60, MAJOR: 60}")
                        .replace("{GENERAL: 120, URGENT: 120, MAJOR: 120}", "{GENERAL: 10, URGENT: 10, MAJOR: 10}"));
        texts.computeIfPresent(
                "form.yaml", (file, text) -> text + "  - {key: floor, name: {zh: 安装楼层, en: Floor}, type: NUMBER}\n");
        return PackFolder.of(first.name(), texts);
    }

    private static Complaint register(ConfigurableApplicationContext node, String category, Map<String, String> more) {
        var product = new TreeMap<>(Map.of("productType", "air-conditioner"));
        product.putAll(more);
        return node.getBean(Intake.class)
                .register(
                        Submission.through(Submission.Door.API, "appliance", Channel.APP)
                                .category(category)
                                .content("师傅来了三次，每次收280元，还是不制冷。")
                                .customer("张三丰", "13812345678", null)
                                .product(product)
                                .build(),
                        Actor.CUSTOMER);
    }

    private static Complaint perform(ConfigurableApplicationContext node, Complaint complaint, Command command) {
        return node.getBean(Complaints.class)
                .perform(complaint.number(), complaint.version(), command, Actor.staff(complaint.owner()));
    }

    private static Instant due(Complaint complaint, String clock) {
        return Objects.requireNonNull(complaint.runningClocks().get(clock), clock);
    }

    private static void waitFor(ConfigurableApplicationContext node, int version) {
        Waiting.until(
                "the node follows",
                PROMISED,
                () -> node.getBean(Packs.class).of("appliance").version() == version);
    }

    @Test
    void anOldCaseKeepsItsVersionAndANewOneGetsTheNext() throws Exception {
        Complaint renamed = register(b, "repeated-repair", Map.of("brand", "格力"));
        Complaint gone = register(a, "used-part", Map.of());
        Packs packs = a.getBean(Packs.class);
        assertThat(packs.version("appliance", 1).storedBy()).isEqualTo(Actor.SYSTEM.toString());

        int version = packs.store(second(packs.folder("appliance", 1)), Origin.EDITED, "测试", Actor.SYSTEM)
                .version();
        packs.activate("appliance", version, Instant.EPOCH, Actor.SYSTEM, "测试");
        assertThat(packs.of("appliance").version()).isEqualTo(2);
        waitFor(b, 2);

        newOnesUseTheNewVersion();
        theOldOnesAreShownInTheirOwnWords(renamed, gone);
        theOldOneGoesToTheArchiveByItsOwnRules(gone);

        // Back again, from the other node.
        b.getBean(Packs.class).activate("appliance", 1, Instant.EPOCH, Actor.SYSTEM, "退回");
        assertThat(register(b, "used-part", Map.of()).packVersion()).isEqualTo(1);
        waitFor(a, 1);
        assertThat(register(a, "used-part", Map.of()).packVersion()).isEqualTo(1);
        historyIsIntact();
    }

    private void newOnesUseTheNewVersion() throws IOException {
        for (ConfigurableApplicationContext node : List.of(a, b)) {
            Complaint complaint = register(node, "repeated-repair", Map.of("floor", "6"));
            assertThat(complaint.packVersion()).isEqualTo(2);
            assertThat(due(perform(node, complaint, new Command.ConfirmOwnership(complaint.owner())), "solve"))
                    .isEqualTo(complaint.receivedAt().plus(Duration.ofMinutes(60)));
            assertThatThrownBy(() -> register(node, "used-part", Map.of())).isInstanceOf(InvalidSubmission.class);
            try (var visitor = new Onlooker(address(node), "admin", PASSWORD)) {
                assertThat(visitor.page("/complain")).contains("安装楼层");
                assertThat(visitor.page("/desk/complaints/" + complaint.number().digits()))
                        .contains("多次返修仍有故障")
                        .contains("安装楼层");
            }
        }
    }

    private void theOldOnesAreShownInTheirOwnWords(Complaint renamed, Complaint gone) throws IOException {
        for (ConfigurableApplicationContext node : List.of(a, b)) {
            try (var visitor = new Onlooker(address(node), "admin", PASSWORD)) {
                assertThat(visitor.page("/desk/complaints/" + renamed.number().digits()))
                        .contains("反复维修未修好")
                        .doesNotContain("多次返修仍有故障");
                assertThat(visitor.page("/desk/complaints/" + gone.number().digits()))
                        .contains("疑似旧件或非原厂件");
                assertThat(visitor.page("/desk/complaints"))
                        .contains("反复维修未修好")
                        .contains("多次返修仍有故障")
                        .contains("疑似旧件或非原厂件");
            }
        }
    }

    private void theOldOneGoesToTheArchiveByItsOwnRules(Complaint old) {
        Complaint now = perform(b, old, new Command.ConfirmOwnership(old.owner()));
        assertThat(due(now, "solve")).isEqualTo(old.receivedAt().plus(Duration.ofHours(8)));
        // It may still be given the category that the new version does not have.
        now = perform(
                b,
                now,
                new Command.Assess(
                        Kind.COMPLAINT, "used-part", Severity.GENERAL, Priority.MEDIUM, "parts", null, null));
        assertThat(due(now, "solve")).isEqualTo(old.receivedAt().plus(Duration.ofHours(24)));
        now = perform(a, now, new Command.Verify(Finding.SUBSTANTIATED, "确为旧件。"));
        now = perform(b, now, new Command.Solve(Outcome.ACCEPTED, "更换新件。", null));
        assertThat(Duration.between(now.receivedAt(), due(now, "tell")))
                .isBetween(Duration.ofHours(2), Duration.ofHours(3));
        now = perform(a, now, new Command.TellResult(Contact.PHONE, "已更换。"));
        now = perform(b, now, new Command.Confirm("满意", 5));
        now = perform(a, now, new Command.Archive("旧件"));
        assertThat(now.stage()).isEqualTo(Stage.ARCHIVE);
        assertThat(now.packVersion()).isEqualTo(1);
    }

    private void historyIsIntact() throws Exception {
        var out = new ByteArrayOutputStream();
        int code = a.getBean("verify-history", CommandLine.class)
                .run(List.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }
}
