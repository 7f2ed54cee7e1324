package benchmark;

import io.bihuan.Bihuan;
import io.bihuan.complaint.Lives;
import io.bihuan.complaint.Stories;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A data folder with three years of complaints, as the application would have kept them; goes on where it was interrupted. */
final class Fill {
    static final int AGENTS = 200;
    /** Whoever looks at the work of others: {@code manager1}, … */
    static final int MANAGERS = 4;

    private static final int WORKERS = 2;
    private static final int PIECE = 2_000;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long LONGEST_FOR = 1_000_000;

    private Fill() {}

    static Path folder(long complaints) {
        return Application.DATA.resolve("filled-" + complaints).toAbsolutePath();
    }

    /** The folder with so many complaints, filled if it is not yet. */
    static Path filled(long complaints) throws Exception {
        fill(complaints);
        return folder(complaints);
    }

    static List<String> run(long complaints) throws Exception {
        Duration taken = fill(complaints);
        double bound = LONGEST.toSeconds() * Math.max(1, complaints / (double) LONGEST_FOR);
        return taken.toSeconds() > bound
                ? List.of("%d complaints filled in %d s, at most %.0f".formatted(complaints, taken.toSeconds(), bound))
                : List.of();
    }

    private static Duration fill(long complaints) throws Exception {
        Path folder = folder(complaints);
        Path done = folder.resolve("filled");
        if (Files.exists(done)) {
            return Duration.ZERO;
        }
        Application.start(folder, "/actuator/health").close(); // makes the database if there is none
        long before = System.nanoTime();
        try (var context = context(folder)) {
            var lives = new Lives(context, new Lives.Extent(complaints, until(folder, context)), agents(context));
            BitSet written = lives.written();
            System.out.printf("%,d of %,d complaints are there.%n", written.cardinality(), complaints);
            write(lives, written, complaints);
            long copied = System.nanoTime();
            try (var connection = context.getBean(DataSource.class).getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("vacuum (analyze)");
            }
            lives.settle();
            Duration taken = Duration.ofNanos(System.nanoTime() - before);
            System.out.printf(
                    "%,d complaints with %,d events: %d s, of it %d s for vacuum and statistics; %.0f complaints a second.%n",
                    complaints - written.cardinality(),
                    context.getBean(JdbcClient.class)
                            .sql("select count(*) from complaint.event")
                            .query(Long.class)
                            .single(),
                    taken.toSeconds(),
                    Duration.ofNanos(System.nanoTime() - copied).toSeconds(),
                    (complaints - written.cardinality()) / (taken.toMillis() / 1e3));
            // What was indexed when the folder was empty would be followed event by event.
            FileSystemUtils.deleteRecursively(folder.resolve("search"));
            Files.createFile(done);
            return taken;
        }
    }

    /** What the application of a folder is made of, without anything running. */
    static ConfigurableApplicationContext context(Path folder) {
        return new SpringApplicationBuilder(Bihuan.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .properties(Map.of("logging.level.root", "warn", "spring.main.banner-mode", "off"))
                .run("--bihuan.command=generate", "--bihuan.data=" + folder);
    }

    /** When the three years end: of a folder always the same. */
    private static Instant until(Path folder, ConfigurableApplicationContext context) throws Exception {
        Path file = folder.resolve("filled-until");
        if (!Files.exists(file)) {
            Files.writeString(
                    file,
                    context.getBean(InstantSource.class)
                            .instant()
                            .truncatedTo(ChronoUnit.MICROS)
                            .toString());
        }
        return Instant.parse(Files.readString(file).strip());
    }

    private static void write(Lives lives, BitSet written, long complaints) throws Exception {
        var next = new AtomicLong();
        var pieces = new ArrayList<Future<Void>>();
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            Callable<Void> worker = () -> {
                for (long from = next.getAndAdd(PIECE); from < complaints; from = next.getAndAdd(PIECE)) {
                    long to = Math.min(complaints, from + PIECE);
                    // A piece that was cut off lacks its end.
                    long rest = Math.min(to, written.nextClearBit((int) from));
                    lives.write(rest, to);
                    if (to % 50_000 == 0) {
                        System.out.printf("… %,d%n", to);
                    }
                }
                return null;
            };
            for (int each = 0; each < WORKERS; each++) {
                pieces.add(workers.submit(worker));
            }
        }
        for (Future<Void> piece : pieces) {
            piece.get();
        }
    }

    private static List<UUID> agents(ConfigurableApplicationContext context) {
        Staff staff = context.getBean(Staff.class);
        for (int manager = 1; manager <= MANAGERS; manager++) {
            made(staff, "manager" + manager, "经理" + manager, Role.MANAGER);
        }
        var ids = new ArrayList<UUID>();
        for (int agent = 1; agent <= AGENTS; agent++) {
            ids.add(made(staff, "agent" + agent, Stories.of(-agent).customer(), Role.AGENT));
        }
        return ids;
    }

    private static UUID made(Staff staff, String login, String name, Role role) {
        return staff.findByLogin(login)
                .map(StaffMember::id)
                .orElseGet(() -> staff.create(login, Application.PASSWORD, false, StaffDetails.of(name, null, role)));
    }
}
