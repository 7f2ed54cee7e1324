package io.bihuan.clock;

import static java.util.stream.Collectors.groupingBy;

import io.bihuan.pack.Pack;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Every version of every clock policy. What a pack states is written down before it comes into force; an administrator may put a version of
 * his own over it. A clock takes the version in force when it starts and keeps it: of those that have come into force, the one that
 * was published last, so that publishing once more also undoes what was only planned.
 *
 * <p>A new version of a pack takes the own versions along: what the administrator decides stays, what only the pack knows (what starts
 * and stops a clock, its grade, its source) is the new pack's.
 */
@Component
public class Policies {
    /** How old this node's knowledge may be. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    /**
     * How soon after it was published a version comes into force: a node that read just before the publishing was committed must have
     * read again.
     */
    public static final Duration SOONEST = KNOWN_FOR.multipliedBy(2);

    /** What becomes of a version. */
    public enum Standing {
        IN_FORCE,
        /** Comes into force later. */
        PLANNED,
        /** The pack's, while an own version is in force. */
        WAITING,
        /** Another took its place. */
        REPLACED,
        /** Another took its place before it came into force. */
        NEVER
    }

    /** All versions of a policy, the newest first, with what becomes of each, and those of interest among them. */
    public record Versions(List<Published> all, Published inForce, Published newest, Published shipped, Instant at) {
        /** Whether the pack states something newer than what is in force. */
        public boolean isPackNewer() {
            return shipped.effectiveFrom() == null;
        }

        public Standing standing(Published one) {
            Instant from = one.effectiveFrom();
            if (one.version().equals(inForce.version())) {
                return Standing.IN_FORCE;
            }
            if (one.version().packVersion() != inForce.version().packVersion()) {
                return from == null ? Standing.NEVER : Standing.REPLACED;
            }
            if (from == null) {
                return one.equals(shipped) ? Standing.WAITING : Standing.NEVER;
            }
            if (!from.isAfter(at)) {
                return Standing.REPLACED;
            }
            boolean isOvertaken = all.stream()
                    .filter(other ->
                            other.version().packVersion() == one.version().packVersion())
                    .filter(other -> other.version().revision() > one.version().revision())
                    .anyMatch(other -> other.effectiveFrom() != null
                            && !other.effectiveFrom().isAfter(from));
            return isOvertaken ? Standing.NEVER : Standing.PLANNED;
        }

        /** What it replaced: the version published before it; null for the first. */
        public @Nullable Published before(Published one) {
            int index = all.indexOf(one);
            return index < 0 || index + 1 >= all.size() ? null : all.get(index + 1);
        }
    }

    /** A version and since when new clocks take it. */
    public record Published(
            PolicyVersion version,
            boolean isOwn,
            @Nullable Instant effectiveFrom,
            Instant publishedAt,
            String publishedBy,
            String reason) {}

    private record PackKey(String pack, int version) {}

    private record Key(String pack, int packVersion, String name, int revision) {}

    /** The versions of each policy of a pack, newest first, in the order of the pack. */
    private record Known(Map<String, List<Published>> versions, Instant until) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Map<PackKey, Known> known = new ConcurrentHashMap<>();
    private final Map<Key, PolicyVersion> versions = new ConcurrentHashMap<>();
    // Once for each start of a node: two releases side by side would else write over each other for ever.
    private final Set<PackKey> shipped = ConcurrentHashMap.newKeySet();

    Policies(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** The policies in force at that time, in the order of the pack. */
    public List<PolicyVersion> of(Pack pack, Instant at) {
        return of(pack.id(), pack.version(), pack.part(ClockPolicies.class), at);
    }

    List<PolicyVersion> of(String pack, int packVersion, ClockPolicies stated, Instant at) {
        return known(pack, packVersion, stated).versions().values().stream()
                .map(versions -> inForce(versions, at).version())
                .toList();
    }

    /** Those of them that a milestone starts. */
    public List<PolicyVersion> startingOn(Pack pack, String milestone, Instant at) {
        return matching(pack, at, policy -> policy.startOn().equals(milestone));
    }

    /** Those of them that a milestone stops. */
    public List<PolicyVersion> stoppingOn(Pack pack, String milestone, Instant at) {
        return matching(pack, at, policy -> policy.stopOn().contains(milestone));
    }

    private List<PolicyVersion> matching(Pack pack, Instant at, Predicate<ClockPolicy> wanted) {
        return of(pack, at).stream()
                .filter(version -> wanted.test(version.terms()))
                .toList();
    }

    public Optional<PolicyVersion> find(Pack pack, String name, Instant at) {
        return of(pack, at).stream()
                .filter(version -> version.name().equals(name))
                .findFirst();
    }

    /** A version, for ever the same. */
    public PolicyVersion get(String pack, int packVersion, String name, int revision) {
        return versions.computeIfAbsent(
                new Key(pack, packVersion, name, revision),
                key -> jdbc.sql("""
                                select terms from clock.policy where pack = ? and pack_version = ? and name = ? and revision = ?
                                """)
                        .param(pack)
                        .param(packVersion)
                        .param(name)
                        .param(revision)
                        .query(String.class)
                        .optional()
                        .map(terms -> new PolicyVersion(pack, packVersion, revision, PolicyCodec.read(terms)))
                        .orElseThrow(() -> new IllegalStateException("there is no policy " + key)));
    }

    /** All versions of a policy, at most a hundred, those of earlier versions of its pack too; empty when the pack has no such clock. */
    public Optional<Versions> versions(Pack pack, String name) {
        if (pack.part(ClockPolicies.class).find(name).isEmpty()) {
            return Optional.empty();
        }
        Instant at = time.instant();
        known(pack.id(), pack.version(), pack.part(ClockPolicies.class));
        List<Published> all = jdbc.sql("select " + COLUMNS + """
                        from clock.policy where pack = ? and pack_version <= ? and name = ?
                        order by pack_version desc, revision desc limit 100
                        """)
                .param(pack.id())
                .param(pack.version())
                .param(name)
                .query(this::published)
                .list();
        List<Published> now = all.stream()
                .filter(each -> each.version().packVersion() == pack.version())
                .toList();
        Published shippedLast =
                now.stream().filter(each -> !each.isOwn()).findFirst().orElseThrow();
        return Optional.of(new Versions(all, inForce(now, at), now.getFirst(), shippedLast, at));
    }

    /** As {@link #publish(Pack, ClockPolicy, Integer, Instant, Actor, String)}, whatever was published before. */
    @Transactional
    public PolicyVersion publish(Pack pack, ClockPolicy terms, Instant effectiveFrom, Actor by, String reason) {
        return publish(pack, terms, null, effectiveFrom, by, reason);
    }

    /**
     * Puts an own version over the pack's. Clocks that start from {@code effectiveFrom} on take it, at the earliest when all nodes
     * know of it ({@link #SOONEST}); running clocks keep theirs.
     *
     * @param after the revision that whoever publishes has seen last; refused when there is a newer one; null to publish anyway
     */
    @Transactional
    public PolicyVersion publish(
            Pack pack, ClockPolicy terms, @Nullable Integer after, Instant effectiveFrom, Actor by, String reason) {
        if (pack.part(ClockPolicies.class).find(terms.name()).isEmpty()) {
            throw new IllegalArgumentException(pack + " has no clock " + terms.name());
        }
        terms.requireAmounts();
        return publish(pack, terms, "OWN", after, effectiveFrom, by, reason);
    }

    /** Takes what the pack states in place of an own version; from then on the pack's changes come into force by themselves again. */
    @Transactional
    public PolicyVersion takeShipped(Pack pack, String name, @Nullable Integer after, Actor by, String reason) {
        ClockPolicy stated = pack.part(ClockPolicies.class)
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException(pack + " has no clock " + name));
        return publish(pack, stated, "SHIPPED", after, time.instant(), by, reason);
    }

    private PolicyVersion publish(
            Pack pack,
            ClockPolicy terms,
            String origin,
            @Nullable Integer after,
            Instant effectiveFrom,
            Actor by,
            String reason) {
        known(pack.id(), pack.version(), pack.part(ClockPolicies.class));
        while (true) {
            List<Published> all = all(pack.id(), pack.version(), terms.name());
            Published last = all.getFirst();
            int revision = last.version().revision() + 1;
            if (after != null && last.version().revision() != after) {
                throw new Refused("clock.refused.meanwhile");
            }
            Instant now = time.instant();
            // What was published last holds in the end: the same once more would change nothing.
            Instant soonest = now.plus(SOONEST);
            Instant from = effectiveFrom.isBefore(soonest) ? soonest : effectiveFrom;
            boolean isTheSame = last.effectiveFrom() != null
                    && !last.effectiveFrom().isAfter(from)
                    && last.version().terms().equals(terms)
                    && last.isOwn() == origin.equals("OWN");
            if (isTheSame) {
                throw new Refused("clock.refused.unchanged");
            }
            var own = new Published(
                    new PolicyVersion(pack.id(), pack.version(), revision, terms),
                    origin.equals("OWN"),
                    from.truncatedTo(ChronoUnit.MICROS),
                    now,
                    by.toString(),
                    reason);
            if (write(own)) {
                forget();
                return own.version();
            }
        }
    }

    /** What is in force is read again at the next question. */
    public void forget() {
        known.clear();
    }

    // ---- inside ----

    private static final String COLUMNS =
            "pack, pack_version, name, revision, origin, terms, effective_from, published_at, published_by, reason ";

    /** Of the versions, newest first; before the first came into force there was none other. */
    private static Published inForce(List<Published> versions, Instant at) {
        return versions.stream()
                .filter(each ->
                        each.effectiveFrom() != null && !each.effectiveFrom().isAfter(at))
                .findFirst()
                .orElseGet(versions::getLast);
    }

    private Known known(String pack, int packVersion, ClockPolicies stated) {
        var key = new PackKey(pack, packVersion);
        if (!shipped.contains(key)) {
            Known before = read(pack, packVersion, stated, time.instant());
            List<ClockPolicy> news = stated.clocks().stream()
                    .filter(policy -> !isShipped(before, policy))
                    .toList();
            if (!news.isEmpty() && TransactionSynchronizationManager.isActualTransactionActive()) {
                // It may roll back: nothing of it is kept in mind.
                afterwards(() -> {
                    shipped.remove(key);
                    known.remove(key);
                });
                news.forEach(policy -> ship(pack, packVersion, policy));
                return read(pack, packVersion, stated, time.instant());
            }
            news.forEach(policy -> ship(pack, packVersion, policy));
            shipped.add(key);
            known.remove(key);
        }
        Known now = known.get(key);
        Instant at = time.instant();
        if (now == null || !at.isBefore(now.until())) {
            now = read(pack, packVersion, stated, at);
            known.put(key, now);
        }
        return now;
    }

    private Known read(String pack, int packVersion, ClockPolicies stated, Instant at) {
        // bounded: administrators write policies by hand
        Map<String, List<Published>> found =
                jdbc
                        .sql("select " + COLUMNS + """
                        from clock.policy where pack = ? and pack_version = ? order by name, revision desc
                        """)
                        .param(pack)
                        .param(packVersion)
                        .query(this::published)
                        .list()
                        .stream()
                        .collect(groupingBy(each -> each.version().name()));
        var versions = new LinkedHashMap<String, List<Published>>();
        for (ClockPolicy policy : stated.clocks()) {
            versions.put(policy.name(), found.getOrDefault(policy.name(), List.of()));
        }
        return new Known(versions, at.plus(KNOWN_FOR));
    }

    /** Whether what the pack states is what was written down of it last. */
    private static boolean isShipped(Known now, ClockPolicy stated) {
        return Objects.requireNonNull(now.versions().get(stated.name())).stream()
                .filter(each -> !each.isOwn())
                .findFirst()
                .filter(last -> last.version().terms().equals(stated))
                .isPresent();
    }

    private static void afterwards(Runnable forgetting) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                forgetting.run();
            }
        });
    }

    /** The versions of a policy under one version of its pack, newest first. */
    private List<Published> all(String pack, int packVersion, String name) {
        // bounded: administrators write policies by hand
        return jdbc.sql("select " + COLUMNS + """
                        from clock.policy where pack = ? and pack_version = ? and name = ? order by revision desc
                        """)
                .param(pack)
                .param(packVersion)
                .param(name)
                .query(this::published)
                .list();
    }

    /** Writes down what the pack says and nobody has written yet; several nodes may do it at once, and somebody publish meanwhile. */
    private void ship(String pack, int packVersion, ClockPolicy stated) {
        while (true) {
            List<Published> all = all(pack, packVersion, stated.name());
            Optional<Published> last =
                    all.stream().filter(each -> !each.isOwn()).findFirst();
            if (last.isEmpty()) {
                begin(pack, packVersion, stated);
            } else if (last.get().version().terms().equals(stated)) {
                return;
            } else {
                // An own version stays in force: the pack's newer one waits for somebody to take it.
                boolean isOwn = all.stream()
                        .filter(each -> each.effectiveFrom() != null)
                        .findFirst()
                        .map(Published::isOwn)
                        .orElse(false);
                write(shipped(
                        new PolicyVersion(
                                pack, packVersion, all.getFirst().version().revision() + 1, stated),
                        isOwn ? null : time.instant().plus(SOONEST)));
            }
        }
    }

    /** Begins a policy under a version of the pack that has none yet, with the own versions that hold under the version before. */
    private void begin(String pack, int packVersion, ClockPolicy stated) {
        Optional<Integer> earlier = jdbc.sql(
                        "select max(pack_version) from clock.policy where pack = ? and pack_version < ? and name = ?")
                .param(pack)
                .param(packVersion)
                .param(stated.name())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Integer.class)))
                .single();
        List<Published> before =
                earlier.map(version -> all(pack, version, stated.name())).orElse(List.of());
        boolean isNewer = before.stream()
                .filter(each -> !each.isOwn())
                .findFirst()
                .map(each -> !each.version().terms().equals(stated))
                .orElse(false);
        Instant now = time.instant();
        boolean isOwn = !before.isEmpty() && inForce(before, now).isOwn();
        int revision = 0;
        for (Published own : holding(before, now).reversed()) {
            revision++;
            write(new Published(
                    new PolicyVersion(
                            pack,
                            packVersion,
                            revision,
                            stated.countedAs(own.version().terms())),
                    own.isOwn(),
                    own.effectiveFrom(),
                    own.publishedAt(),
                    own.publishedBy(),
                    own.reason()));
        }
        // Last, for it says that all of it is written.
        write(shipped(new PolicyVersion(pack, packVersion, 0, stated), isOwn && isNewer ? null : Instant.EPOCH));
    }

    /** The own versions that are in force or planned, newest first. */
    private static List<Published> holding(List<Published> versions, Instant now) {
        if (versions.isEmpty()) {
            return List.of();
        }
        int inForce = inForce(versions, now).version().revision();
        return versions.stream()
                .filter(each -> each.isOwn() && each.version().revision() >= inForce)
                .toList();
    }

    private Published shipped(PolicyVersion version, @Nullable Instant effectiveFrom) {
        return new Published(version, false, effectiveFrom, time.instant(), Actor.SYSTEM.toString(), "shipped");
    }

    /** Whether it was this one that got the revision. */
    private boolean write(Published one) {
        Instant from = one.effectiveFrom();
        return jdbc.sql("""
                        insert into clock.policy (pack, pack_version, name, revision, origin, terms, effective_from, published_at,
                            published_by, reason)
                        values (?, ?, ?, ?, ?, ?::jsonb, coalesce(?::timestamptz, 'infinity'), ?, ?, ?) on conflict do nothing
                        """)
                        .param(one.version().pack())
                        .param(one.version().packVersion())
                        .param(one.version().name())
                        .param(one.version().revision())
                        .param(one.isOwn() ? "OWN" : "SHIPPED")
                        .param(PolicyCodec.write(one.version().terms()))
                        .param(from == null ? null : from.atOffset(ZoneOffset.UTC))
                        .param(one.publishedAt().atOffset(ZoneOffset.UTC))
                        .param(one.publishedBy())
                        .param(one.reason())
                        .update()
                == 1;
    }

    // Not from or into the cache of versions: a row that is rolled back again must not stay there for ever.
    private Published published(ResultSet row, int number) throws SQLException {
        OffsetDateTime from = Objects.requireNonNull(row.getObject("effective_from", OffsetDateTime.class));
        return new Published(
                new PolicyVersion(
                        ClockRows.text(row, "pack"),
                        row.getInt("pack_version"),
                        row.getInt("revision"),
                        PolicyCodec.read(ClockRows.text(row, "terms"))),
                ClockRows.text(row, "origin").equals("OWN"),
                from.equals(OffsetDateTime.MAX) ? null : from.toInstant(),
                Objects.requireNonNull(ClockRows.instant(row, "published_at")),
                ClockRows.text(row, "published_by"),
                ClockRows.text(row, "reason"));
    }
}
