package benchmark;

import io.bihuan.Bihuan;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills a data folder with complaints, seven of ten closed; goes on where it was interrupted. */
final class Generator {
    private static final String ORIGIN = "benchmark";
    private static final int PAGE = 250;
    private static final int AGENTS = 12;

    private Generator() {}

    private interface Maker {
        Registration make(long number, List<UUID> agents);
    }

    /** The application of that folder must not run; its database has its tables already. */
    static void fill(Path folder, long complaints) {
        fill(folder, complaints, Generator::registration);
    }

    /** Only open ones, which came one after the other in that distance and whose owners have answered. */
    static void fillOpen(Path folder, long complaints, Duration distance) {
        Instant first = Instant.now().minus(distance.multipliedBy(complaints));
        fill(
                folder,
                complaints,
                (number, agents) -> registration(
                        number, agents, Severity.GENERAL, first.plus(distance.multipliedBy(number)), null));
    }

    private static void fill(Path folder, long complaints, Maker maker) {
        try (var context = new SpringApplicationBuilder(Bihuan.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .properties(Map.of("logging.level.root", "warn", "spring.main.banner-mode", "off"))
                .run("--bihuan.command=generate", "--bihuan.data=" + folder)) {
            Complaints register = context.getBean(Complaints.class);
            var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            long done = context.getBean(JdbcClient.class)
                    .sql("select count(*) from complaint.complaint where origin = ?")
                    .param(ORIGIN)
                    .query(Long.class)
                    .single();
            if (done >= complaints) {
                return;
            }
            List<UUID> agents = agents(context.getBean(Staff.class));
            long before = System.nanoTime();
            long from = done;
            while (done < complaints) {
                long first = done;
                long last = Math.min(first + PAGE, complaints);
                transaction.executeWithoutResult(status -> {
                    for (long number = first; number < last; number++) {
                        register.register(maker.make(number, agents), Actor.SYSTEM);
                    }
                });
                done = last;
            }
            System.out.printf(
                    "%d complaints generated, %.0f a second.%n",
                    complaints - from, (complaints - from) / ((System.nanoTime() - before) / 1e9));
        }
    }

    private static List<UUID> agents(Staff staff) {
        var ids = new ArrayList<UUID>();
        for (int agent = 1; agent <= AGENTS; agent++) {
            String login = "agent" + agent;
            ids.add(staff.findByLogin(login)
                    .map(StaffMember::id)
                    .orElseGet(() -> staff.create(
                            login,
                            Staff.randomPassword(),
                            false,
                            StaffDetails.of(Texts.of(-ids.size() - 1).customer(), null, Role.AGENT))));
        }
        return ids;
    }

    private static Registration registration(long number, List<UUID> agents) {
        var random = new SplittableRandom(number);
        boolean isArchive = random.nextInt(10) < 7;
        Instant now = Instant.now();
        // Open ones came within the last hours, so that few clocks are due at once.
        Instant received = now.minus(
                isArchive
                        ? Duration.ofMinutes(random.nextInt(3 * 24 * 60, 365 * 24 * 60))
                        : Duration.ofSeconds(random.nextInt(60, 3 * 3600)));
        Severity severity = random.nextInt(4) == 0 ? Severity.URGENT : Severity.GENERAL;
        return registration(
                number,
                agents,
                severity,
                received,
                isArchive ? received.plus(Duration.ofMinutes(random.nextInt(60, 4000))) : null);
    }

    private static Registration registration(
            long number, List<UUID> agents, Severity severity, Instant received, @Nullable Instant closed) {
        var random = new SplittableRandom(~number);
        Texts.One text = Texts.of(number);
        return new Registration(
                "appliance",
                random.nextBoolean() ? Channel.HOTLINE : Channel.WEB,
                Kind.COMPLAINT,
                Texts.CATEGORIES.get(text.category()),
                severity,
                severity == Severity.URGENT ? Priority.HIGH : Priority.MEDIUM,
                Texts.DEPARTMENTS.get(text.category()),
                1,
                Personal.of(text.title()),
                Personal.of(text.content()),
                new Customer(Personal.of(text.customer()), Personal.of(text.phone()), null),
                Map.of("brand", Personal.of(text.brand()), "model", Personal.of(text.model())),
                null,
                ORIGIN,
                "G-" + number,
                null,
                received,
                true,
                agents.get(random.nextInt(agents.size())),
                true,
                List.of(),
                closed == null ? null : new Registration.Archive(Personal.of(text.reply()), closed));
    }
}
