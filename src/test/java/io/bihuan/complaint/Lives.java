package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.ClocksOfThePast;
import io.bihuan.clock.Policies;
import io.bihuan.customer.Identity;
import io.bihuan.customer.KnownCustomers;
import io.bihuan.customer.Thing;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.CopiedWrites;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.platform.follower.Position;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/**
 * Whole lives of complaints over three years: each is told by the same rules as one that people work on (commands are decided, clocks
 * follow the events, the history is chained), only in memory, and then written with COPY. What a life would still have before it when the
 * three years are over has not happened yet: such a complaint is open. Of each number the life is the same, but for keys and ids.
 */
public final class Lives {
    /** Of all of them, whichever part is written; the numbers below {@code complaints} come in the order of their receipt. */
    public record Extent(long complaints, Instant until) {}

    private static final String ORIGIN = "lives";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration YEARS = Duration.ofDays(3 * 365);
    private static final int BATCH = 200;
    private static final int FILES = 40;
    private static final int OUTLETS = 400;
    /** Chains and dealers who complain for their customers. */
    private static final int DEALERS = 1_000;
    /** Complaints of each hour of a day, of each month: many in the evening and in the summer. */
    private static final int[] HOURS = {
        2, 1, 1, 1, 1, 2, 4, 9, 22, 34, 36, 28, 20, 22, 28, 30, 30, 28, 24, 26, 26, 20, 12, 6
    };

    private static final int[] MONTHS = {9, 8, 9, 10, 12, 17, 22, 20, 13, 10, 11, 10};
    private static final int[] CATEGORY_WEIGHTS = {30, 21, 15, 11, 9, 6, 5, 3};
    private static final List<String> PRODUCTS =
            List.of("air-conditioner", "refrigerator", "washing-machine", "water-heater", "range-hood", "television");

    private final Extent extent;
    private final List<UUID> agents;
    private final DataSource database;
    private final Register register;
    private final History history;
    private final Clocks clocks;
    private final Policies policies;
    private final Packs packs;
    private final Pack pack;
    private final Keys keys;
    private final Things things;
    private final JdbcClient jdbc;
    private final ApplicationContext context;
    private final KnownCustomers known;
    private final List<Attachment> files;
    private final long[] hours;
    private final int[] firstOf;

    /** @param agents who own them */
    public Lives(ApplicationContext context, Extent extent, List<UUID> agents) throws IOException {
        this.context = context;
        this.extent = extent;
        this.agents = List.copyOf(agents);
        this.database = context.getBean(DataSource.class);
        this.register = context.getBean(Register.class);
        this.history = context.getBean(History.class);
        this.clocks = context.getBean(Clocks.class);
        this.policies = context.getBean(Policies.class);
        this.packs = context.getBean(Packs.class);
        this.pack = packs.of("appliance");
        this.keys = context.getBean(Keys.class);
        this.things = context.getBean(Things.class);
        this.jdbc = context.getBean(JdbcClient.class);
        this.known = new KnownCustomers(keys);
        this.files = files(context.getBean(Files.class));
        this.hours = hours(extent.until().minus(YEARS));
        this.firstOf = firstOf();
    }

    /** Writes lives of complaints into an empty database of a test, the owners being of no further interest. */
    public static void write(ApplicationContext context, long from, long to) throws IOException, SQLException {
        var lives = new Lives(
                context,
                new Extent(to, context.getBean(InstantSource.class).instant().truncatedTo(ChronoUnit.MICROS)),
                List.of(SomeComplaint.OWNER, SomeComplaint.COLLEAGUE));
        lives.write(from, to);
        lives.settle();
    }

    /** Which of them are written already. */
    public BitSet written() {
        var written = new BitSet();
        jdbc.sql("select external_number from complaint.complaint where origin = ?")
                .param(ORIGIN)
                .query(row -> {
                    written.set(Integer.parseInt(row.getString(1)));
                });
        return written;
    }

    /** Writes those from one number to before another, some hundred in a transaction. */
    public void write(long from, long to) throws SQLException {
        var writer = new Writer();
        for (long first = from; first < to; first += BATCH) {
            writer.write(first, Math.min(to, first + BATCH));
        }
    }

    /** Lets whoever follows the history take all of it as known: nobody is to be told today of what was years ago. */
    public void settle() {
        Position newest =
                context.getBean(Feed.class).newest(context.getBean(Epochs.class).current());
        context.getBeansOfType(Follower.class)
                .values()
                .forEach(follower -> jdbc.sql("""
                        insert into platform.follower (name, epoch, txid, id) values (?, ?, ?::text::xid8, ?)
                        on conflict (name) do update set epoch = excluded.epoch, txid = excluded.txid, id = excluded.id
                        """)
                        .params(follower.name(), newest.epoch(), newest.txid(), newest.id())
                        .update());
    }

    // ---- what they have in common ----

    private static List<Attachment> files(Files store) throws IOException {
        var files = new ArrayList<Attachment>();
        for (int file = 0; file < FILES; file++) {
            byte[] content = ("现场记录 " + file + "\n" + Stories.of(file).content()).getBytes(StandardCharsets.UTF_8);
            String name = "现场记录-" + file + ".txt";
            files.add(ComplaintFiles.attachment(
                    store.store(new ByteArrayInputStream(content), name, DataSize.ofMegabytes(1)), name));
        }
        return files;
    }

    /** How many complaints came until the end of each hour, in shares of {@link #extent}. */
    private static long[] hours(Instant from) {
        var sums = new long[(int) YEARS.toHours()];
        long sum = 0;
        for (int hour = 0; hour < sums.length; hour++) {
            ZonedDateTime at = from.plus(Duration.ofHours(hour)).atZone(ZONE);
            int day = at.getDayOfWeek() == DayOfWeek.SUNDAY ? 7 : at.getDayOfWeek() == DayOfWeek.MONDAY ? 12 : 10;
            int growth = 100 + 40 * hour / sums.length;
            sum += (long) HOURS[at.getHour()] * MONTHS[at.getMonthValue() - 1] * day * growth;
            sums[hour] = sum;
        }
        return sums;
    }

    private Instant received(long number) {
        double share = (number + 0.5) / extent.complaints() * hours[hours.length - 1];
        int found = Arrays.binarySearch(hours, (long) share);
        int hour = Math.min(hours.length - 1, found < 0 ? -found - 1 : found + 1);
        long before = hour == 0 ? 0 : hours[hour - 1];
        double within = Math.clamp((share - before) / (hours[hour] - before), 0, 1);
        return extent.until()
                .minus(YEARS)
                .plus(Duration.ofHours(hour))
                .plusNanos(1_000 * (long) (within * 3_599_999_999L))
                .truncatedTo(ChronoUnit.MICROS);
    }

    private int customers() {
        return (int) Math.max(DEALERS, extent.complaints() * 6 / 10);
    }

    /** Most people complain once or twice; of the dealers some hundreds of times. */
    private int customerOf(long number) {
        var random = new SplittableRandom(number * 0xD1B54A32D192ED03L);
        double dice = random.nextDouble();
        return random.nextInt(100) < 4
                ? ((int) Math.pow(DEALERS, dice)) - 1
                : (int) (customers() * Math.pow(dice, 1.3));
    }

    private int[] firstOf() {
        var first = new int[customers()];
        Arrays.fill(first, -1);
        for (int number = 0; number < extent.complaints(); number++) {
            int customer = customerOf(number);
            if (first[customer] < 0) {
                first[customer] = number;
            }
        }
        return first;
    }

    /** Somebody who complains, of each number always the same. */
    private record Complainant(int number) {
        String name() {
            return Stories.of(-1L - number).customer();
        }

        /** Nobody has that of another: 73,939,133 has no divisor in common with 100,000,000. */
        String phone() {
            return "+861" + (30 + number % 70) + "%08d".formatted(number * 73_939_133L % 100_000_000);
        }

        @Nullable
        String email() {
            return number % 5 == 0 ? "customer%d@example.cn".formatted(number) : null;
        }

        int appliances() {
            return number < DEALERS ? 20 : 1 + number % 3;
        }

        Thing.Appliance appliance(int each) {
            Stories.One story = Stories.of(number * 31L + each);
            return new Thing.Appliance("SN%09d%02d".formatted(number, each), story.model(), null, null);
        }
    }

    // ---- writing ----

    /** One after the other on a connection and with numbers of its own; several may write at once. */
    private final class Writer {
        private Instant day = extent.until();
        private final Numbers numbers = new Numbers(jdbc, () -> day, ZONE);

        void write(long from, long to) throws SQLException {
            var rows = new CopiedWrites();
            for (long number = from; number < to; number++) {
                int customer = customerOf(number);
                Instant received = received(number);
                if (firstOf[customer] == number) {
                    rows.add(known(new Complainant(customer), received));
                }
                day = received;
                var life = new Life(number, new Complainant(customer), received, numbers.next());
                life.live();
                rows.add(life.rows());
            }
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                rows.send(connection);
                connection.commit();
            }
        }

        private Writes known(Complainant customer, Instant since) {
            var identities = new ArrayList<Identity>(
                    List.of(Identity.phone(customer.phone()).orElseThrow()));
            String email = customer.email();
            if (email != null) {
                identities.add(Identity.email(email).orElseThrow());
            }
            var owned = new ArrayList<Thing>();
            for (int each = 0; each < customer.appliances(); each++) {
                owned.add(customer.appliance(each));
            }
            var writes = new Writes();
            known.add(writes, customer.name(), identities, owned, since);
            return writes;
        }
    }

    /** One life. */
    private final class Life {
        private final SplittableRandom random;
        private final Stories.One story;
        private final UUID id = Ids.next();
        private final byte[] wrapped = keys.newWrapped();
        private final UUID owner;
        private final @Nullable String email;
        private final Map<String, String> answers;
        private final Writes writes = new Writes();
        private final List<Attachment> used = new ArrayList<>();
        private final List<HistoryEvent> events = new ArrayList<>();
        private final ComplaintClocks following = new ComplaintClocks(clocks, policies, packs, writes, List.of());
        private Complaint complaint;
        private Instant now;

        Life(long number, Complainant customer, Instant received, ComplaintNumber complaintNumber) {
            random = new SplittableRandom(number * 0x9E3779B97F4A7C15L + 1);
            story = Stories.of(number);
            owner = agents.get(random.nextInt(agents.size()));
            email = customer.email();
            answers = answers(customer);
            Channel channel = channel();
            // On the phone it is written down while it is told, elsewhere it is there in a moment.
            now = received.plusSeconds(channel == Channel.HOTLINE ? random.nextInt(60, 600) : random.nextInt(1, 4));
            int category = category();
            int weight = random.nextInt(100);
            Severity severity = weight < 78 ? Severity.GENERAL : weight < 97 ? Severity.URGENT : Severity.MAJOR;
            var registered = new ComplaintEvent.Registered(
                    complaintNumber,
                    pack.id(),
                    pack.version(),
                    "appliance",
                    channel,
                    Kind.COMPLAINT,
                    Stories.CATEGORIES.get(category),
                    severity,
                    severity == Severity.GENERAL ? Priority.MEDIUM : Priority.HIGH,
                    Stories.DEPARTMENTS.get(category),
                    1,
                    Personal.of(story.title()),
                    Personal.of(story.content()),
                    Personal.of(customer.name()),
                    Personal.of(customer.phone()),
                    Personal.ofNullable(customer.email()),
                    answers.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, answer -> Personal.of(answer.getValue()))),
                    null,
                    ORIGIN,
                    Long.toString(number),
                    null,
                    received,
                    owner,
                    attachments(15));
            Actor actor = channel == Channel.HOTLINE ? Actor.staff(owner) : Actor.CUSTOMER;
            Complaint unclocked = Complaint.first(id, History.next(1, now, actor, registered, List.of()));
            HistoryEvent first = History.next(1, now, actor, registered, following.begin(unclocked));
            complaint = Complaint.first(id, first);
            events.add(first);
        }

        private Map<String, String> answers(Complainant customer) {
            int each = random.nextInt(customer.appliances());
            Thing.Appliance appliance = customer.appliance(each);
            var answers = new TreeMap<String, String>();
            answers.put("productType", PRODUCTS.get(random.nextInt(PRODUCTS.size())));
            answers.put("brand", story.brand());
            answers.put("model", Objects.requireNonNull(appliance.model()));
            answers.put("outlet", "服务网点%03d".formatted((int) (OUTLETS * Math.pow(random.nextDouble(), 2))));
            if (random.nextInt(10) < 6) {
                answers.put("serialNumber", Objects.requireNonNull(appliance.serial()));
            }
            return answers;
        }

        private Channel channel() {
            int dice = random.nextInt(100);
            return dice < 45
                    ? Channel.HOTLINE
                    : dice < 62
                            ? Channel.WEB
                            : dice < 77
                                    ? Channel.APP
                                    : dice < 89
                                            ? Channel.WECHAT
                                            : dice < 94 ? Channel.EMAIL : dice < 97 ? Channel.ONSITE : Channel.WEIBO;
        }

        private int category() {
            int dice = random.nextInt(Arrays.stream(CATEGORY_WEIGHTS).sum());
            int category = 0;
            while (dice >= CATEGORY_WEIGHTS[category]) {
                dice -= CATEGORY_WEIGHTS[category++];
            }
            return category;
        }

        private List<Attachment> attachments(int percent) {
            if (random.nextInt(100) >= percent) {
                return List.of();
            }
            Attachment file = files.get(random.nextInt(files.size()));
            if (used.stream().noneMatch(other -> other.sha256().equals(file.sha256()))) {
                used.add(file);
            }
            return List.of(file);
        }

        /** What happens to it, until the three years are over. */
        void live() {
            UUID handler = agents.get(random.nextInt(agents.size()));
            if (!does(seconds(1, 600), Actor.SYSTEM, new Command.Acknowledge(Contact.PHONE))
                    || !does(minutes(3, 50), Actor.staff(owner), new Command.ConfirmOwnership(owner))
                    || !does(minutes(5, 240), Actor.staff(owner), assessment(handler))
                    || !asked(handler)
                    || !does(minutes(60, 2_500), Actor.staff(handler), verification())
                    || !notes(handler)) {
                return;
            }
            if (random.nextInt(100) < 3) {
                does(minutes(10, 600), Actor.staff(owner), new Command.Withdraw("客户来电撤诉，已当面和解"));
                return;
            }
            // Some wait for months: for a part, for an expert, for a court.
            int days = random.nextInt(100) < 2 ? random.nextInt(40, 200) : random.nextInt(1, 7);
            if (!solved(handler, Duration.ofDays(days))) {
                return;
            }
            if (random.nextInt(100) < 9
                    && (!does(minutes(30, 4_000), Actor.CUSTOMER, new Command.RefuseResult("没有解决，同样的问题又出现了。"))
                            || !solved(handler, Duration.ofDays(random.nextInt(1, 5))))) {
                return;
            }
            if (!answered() || !does(minutes(30, 3_000), Actor.staff(owner), new Command.Archive("备件批次问题"))) {
                return;
            }
            if (random.nextInt(200) == 0) {
                does(Duration.ofDays(random.nextInt(5, 25)), Actor.CUSTOMER, new Command.Reopen("修好一周后又不制冷了"));
            }
        }

        private Command assessment(UUID handler) {
            return new Command.Assess(
                    complaint.kind(),
                    Objects.requireNonNull(complaint.category()),
                    complaint.severity(),
                    complaint.priority(),
                    Objects.requireNonNull(complaint.department()),
                    handler,
                    random.nextInt(3) == 0 ? Stories.remark(random) : null,
                    new Factors(
                            random.nextInt(1, 4), 1, random.nextInt(1, 4), random.nextInt(1, 3), random.nextInt(1, 4)));
        }

        private Command verification() {
            int dice = random.nextInt(10);
            return new Command.Verify(
                    dice < 6 ? Finding.SUBSTANTIATED : dice < 9 ? Finding.PARTLY : Finding.UNSUBSTANTIATED,
                    Stories.remark(random));
        }

        private boolean notes(UUID handler) {
            for (int note = random.nextInt(2); note > 0; note--) {
                if (!does(
                        minutes(20, 1_500),
                        Actor.staff(random.nextBoolean() ? owner : handler),
                        new Command.Note(Stories.remark(random), attachments(10)))) {
                    return false;
                }
            }
            return true;
        }

        private boolean asked(UUID handler) {
            return random.nextInt(100) >= 30
                    || (does(minutes(10, 600), Actor.staff(handler), new Command.AskCustomer("请提供机身铭牌照片和发票日期。"))
                            && does(
                                    minutes(60, 4_000),
                                    Actor.CUSTOMER,
                                    new Command.AddInformation(Stories.remark(random), attachments(60))));
        }

        private boolean solved(UUID handler, Duration after) {
            boolean isRejected = random.nextInt(100) < 8;
            return does(
                            after,
                            Actor.staff(handler),
                            new Command.Solve(
                                    isRejected ? Outcome.REJECTED : Outcome.ACCEPTED,
                                    Stories.remark(random),
                                    isRejected ? "可向消费者协会或12315投诉，也可申请仲裁。" : null))
                    && does(
                            minutes(5, 180),
                            Actor.staff(owner),
                            new Command.TellResult(Contact.SMS, story.reply() + Stories.remark(random)))
                    && does(seconds(2, 90), Actor.SYSTEM, new Command.RecordDelivery(Contact.SMS))
                    && notes(handler);
        }

        private boolean answered() {
            if (random.nextInt(100) < 85) {
                boolean isTalkative = random.nextInt(3) == 0;
                return does(
                        minutes(10, 4_000),
                        Actor.CUSTOMER,
                        new Command.Confirm(isTalkative ? "师傅很负责，谢谢。" : null, random.nextInt(2, 6)));
            }
            for (int attempt = 0; attempt < Complaint.ATTEMPTS_TO_CLOSE; attempt++) {
                if (!does(
                        minutes(600, 1_900), Actor.staff(owner), new Command.RecordAttempt(Contact.PHONE, "响铃无人接听"))) {
                    return false;
                }
            }
            return does(minutes(60, 600), Actor.staff(owner), new Command.CloseUnreached("多次联系未果"));
        }

        private Duration minutes(int least, int most) {
            return Duration.ofSeconds(random.nextInt(least * 60, most * 60));
        }

        private Duration seconds(int least, int most) {
            return Duration.ofMillis(random.nextInt(least * 1_000, most * 1_000));
        }

        /** False when the time is over before it. */
        private boolean does(Duration after, Actor actor, Command command) {
            Instant at = now.plus(after);
            if (at.isAfter(extent.until())) {
                return false;
            }
            now = at;
            for (ComplaintEvent event : complaint.decide(command)) {
                complaint = Complaints.followed(complaint, event, actor, at, following, events);
            }
            return true;
        }

        /** What is to be stored of it. */
        Writes rows() {
            for (Clock clock : following.open()) {
                ClocksOfThePast.quieten(writes, clock, extent.until());
            }
            SubjectKey key = keys.unwrap(wrapped);
            var eventWrites = new Writes();
            byte[] head = Chain.BEGINNING;
            for (HistoryEvent event : events) {
                head = history.append(eventWrites, id, event, key, head);
            }
            var all = new Writes();
            register.insert(all, complaint, wrapped, key, head);
            all.addAll(eventWrites).addAll(writes);
            things.of(pack, answers, email)
                    .forEach(thing -> all.addOne(
                            "insert into complaint.thing (complaint_id, blind, kind) values (?, ?, ?)",
                            id,
                            thing.blind().bytes(),
                            thing.kind()));
            used.forEach(file -> all.addOne(
                    "insert into platform.file_use (user_id, user_kind, sha256, name, used_at) values (?, ?, ?, ?, ?)",
                    id,
                    "complaint",
                    HexFormat.of().parseHex(file.sha256()),
                    Personal.text(file.name()),
                    complaint.registeredAt()));
            return all;
        }
    }
}
