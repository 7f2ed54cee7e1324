package benchmark;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Stories;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills a data folder with open complaints whose owners have answered and whose clocks run; goes on where it was interrupted. */
final class Generator {
    private static final String ORIGIN = "benchmark";
    private static final int PAGE = 250;
    private static final int AGENTS = 12;

    private Generator() {}

    /**
     * Makes complaints that came one after the other in that distance. The application of that folder must not run; its database has
     * its tables already.
     */
    static void fillOpen(Path folder, long complaints, Duration distance) {
        Instant first = Instant.now().minus(distance.multipliedBy(complaints));
        try (var context = Fill.context(folder)) {
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
                long next = done;
                long last = Math.min(next + PAGE, complaints);
                transaction.executeWithoutResult(status -> {
                    for (long number = next; number < last; number++) {
                        Instant received = first.plus(distance.multipliedBy(number));
                        register.register(registration(number, agents, received), Actor.SYSTEM);
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
                            Application.PASSWORD,
                            false,
                            StaffDetails.of(Stories.of(-ids.size() - 1).customer(), null, Role.AGENT))));
        }
        return ids;
    }

    private static Registration registration(long number, List<UUID> agents, Instant received) {
        var random = new SplittableRandom(~number);
        Stories.One text = Stories.of(number);
        return new Registration(
                "appliance",
                random.nextBoolean() ? Channel.HOTLINE : Channel.WEB,
                Kind.COMPLAINT,
                Stories.CATEGORIES.get(text.category()),
                Severity.GENERAL,
                Priority.MEDIUM,
                Stories.DEPARTMENTS.get(text.category()),
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
                null);
    }
}
