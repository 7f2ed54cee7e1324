package io.bihuan.identity;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The people who work with complaints. What is read by id is at most five seconds old. */
@Service
public class Staff {
    /** Somebody with what only sign-in may know. */
    record Account(StaffMember member, String passwordHash, int epoch) {}

    private record Known(Account account, Instant readAt) {}

    private static final int MOST = 500;
    private static final int MOST_TO_CHOOSE = 2_000;
    private static final int MOST_KNOWN = 5_000;
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Pattern LOGIN = Pattern.compile("[\\p{L}\\p{N}._@-]{2,64}");
    private static final String COLUMNS = """
            id, login, name, roles, department, language, active, must_change_password, created_at, signed_in_at,
            lead, posts, duty_calendar, password_hash, sign_in_epoch""";

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Passwords passwords;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    Staff(JdbcClient jdbc, InstantSource time, Passwords passwords) {
        this.jdbc = jdbc;
        this.time = time;
        this.passwords = passwords;
    }

    public Optional<StaffMember> find(UUID id) {
        return account(id).map(Account::member);
    }

    /** Somebody by the login, whatever its case. */
    public Optional<StaffMember> findByLogin(String login) {
        return accountOf(login).map(Account::member);
    }

    /** The people with these ids, at most 500; who is unknown is not in it. */
    public Map<UUID, StaffMember> names(Collection<UUID> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " people at once");
        }
        var found = new HashMap<UUID, StaffMember>();
        var unknown = new HashSet<UUID>();
        for (UUID id : ids) {
            Account account = fresh(id);
            if (account == null) {
                unknown.add(id);
            } else {
                found.put(id, account.member());
            }
        }
        if (!unknown.isEmpty()) {
            read("where id = any(:ids)", Map.of("ids", unknown.toArray(UUID[]::new)))
                    .forEach(account -> {
                        keep(account);
                        found.put(account.member().id(), account.member());
                    });
        }
        return found;
    }

    /** Active people with a role, of one department if it is given, by login; at most 500. */
    public List<StaffMember> withRole(Role role, @Nullable String department) {
        String where = "where active and roles @> array[:role]::text[]"
                + (department == null ? "" : " and department = :department")
                + " order by lower(login) collate \"C\" limit " + MOST;
        var parameters = new HashMap<String, Object>();
        parameters.put("role", role.name());
        if (department != null) {
            parameters.put("department", department);
        }
        return read(where, parameters).stream().map(Account::member).toList();
    }

    /** Active people to choose from who have any of these roles, by name; at most 2,000. */
    public List<StaffMember> withAnyRole(Collection<Role> roles) {
        String[] wanted = roles.stream().map(Role::name).toArray(String[]::new);
        return read(
                        "where active and roles && :roles::text[] order by name, login limit " + MOST_TO_CHOOSE,
                        Map.of("roles", wanted))
                .stream()
                .map(Account::member)
                .toList();
    }

    /** Active people who hold a post, of one department if it is given, by login; at most 500. */
    public List<StaffMember> holding(Post post, @Nullable String department) {
        var parameters = new HashMap<String, Object>();
        parameters.put("post", post.name());
        if (department != null) {
            parameters.put("department", department);
        }
        String where = "where active and posts <> '{}' and posts @> array[:post]::text[]"
                + (department == null ? "" : " and department = :department")
                + " order by lower(login) collate \"C\" limit " + MOST;
        return read(where, parameters).stream().map(Account::member).toList();
    }

    /** Active people to choose from, by name; at most 500. */
    public List<StaffMember> active() {
        return read("where active order by name, login limit " + MOST, Map.of()).stream()
                .map(Account::member)
                .toList();
    }

    /** Active people with whose name or login one of the texts begins, whatever the case, by name; at most 500. */
    List<StaffMember> called(Collection<String> texts, int longest) {
        String where = """
                where active and id in (
                    with said as (
                        select distinct lower(left(text, length)) collate "C" as words
                        from unnest(:texts) text, generate_series(1, :longest) length)
                    select s.id from identity.staff s join said on lower(s.name) collate "C" = words
                    union
                    select s.id from identity.staff s join said on lower(s.login) collate "C" = words)
                order by name, login limit :most""";
        return read(where, Map.of("texts", texts.toArray(String[]::new), "longest", longest, "most", MOST)).stream()
                .map(Account::member)
                .toList();
    }

    /**
     * People whose login or name begins with the words, by login.
     *
     * @param after the login of the last one shown before
     */
    public List<StaffMember> list(String words, @Nullable String after, int limit) {
        String beginning = words.strip().toLowerCase(Locale.ROOT);
        String where = """
                where lower(login) collate "C" > :after
                  and (:any or lower(login) collate "C" like :beginning or lower(name) collate "C" like :beginning)
                order by lower(login) collate "C" limit :limit""";
        return read(
                        where,
                        Map.of(
                                "after",
                                after == null ? "" : after.toLowerCase(Locale.ROOT),
                                "any",
                                beginning.isEmpty(),
                                "beginning",
                                escaped(beginning) + "%",
                                "limit",
                                Math.clamp(limit, 1, MOST)))
                .stream()
                .map(Account::member)
                .toList();
    }

    /** Adds somebody; the password must be changed at the first sign-in if so asked. */
    @Transactional
    public UUID create(String login, String password, boolean mustChange, StaffDetails details) {
        if (!LOGIN.matcher(login).matches()) {
            throw new Refused("identity.refused.login");
        }
        check(details);
        UUID id = Ids.next();
        try {
            insert(id, login, passwords.hash(password), mustChange, details, "");
        } catch (DuplicateKeyException e) {
            throw new Refused("identity.refused.loginTaken", login);
        }
        return id;
    }

    /** A one-time password that nobody can guess. */
    public static String randomPassword() {
        return Passwords.random();
    }

    /** Adds the first person of a new system; nobody if there is one, also when two nodes start at once. */
    boolean createFirst(String login, String password, boolean mustChange, StaffDetails details) {
        if (jdbc.sql("select exists (select 1 from identity.staff)")
                .query(Boolean.class)
                .single()) {
            return false;
        }
        return insert(
                        Ids.next(),
                        login,
                        passwords.hashAnyLength(password),
                        mustChange,
                        details,
                        "on conflict do nothing")
                == 1;
    }

    private int insert(
            UUID id, String login, String hash, boolean mustChange, StaffDetails details, String onConflict) {
        return jdbc.sql("""
                insert into identity.staff (id, login, name, password_hash, must_change_password, roles, department,
                    language, active, created_at, lead, posts, duty_calendar)
                values (:id, :login, :name, :hash, :mustChange, :roles, :department, :language, :active, :now,
                    :lead, :posts, :dutyCalendar)
                """ + onConflict)
                .param("id", id)
                .param("login", login)
                .param("name", details.name())
                .param("hash", hash)
                .param("mustChange", mustChange)
                .param("roles", names(details.roles()))
                .param("department", details.department())
                .param("language", details.language())
                .param("active", details.active())
                .param("lead", details.lead())
                .param("posts", posts(details.posts()))
                .param("dutyCalendar", details.dutyCalendar())
                .param("now", now())
                .update();
    }

    /** Changes somebody; refused if nobody would be left who may administer. */
    @Transactional
    public void update(UUID id, StaffDetails details) {
        check(details);
        if (id.equals(details.lead())) {
            throw new Refused("identity.refused.ownLead");
        }
        // Locked in the order of their ids, so that two who dismiss each other at once do not both succeed.
        Set<UUID> administrators = jdbc.sql("""
                        select id from identity.staff where active and roles @> array['ADMINISTRATOR']
                        order by id limit 500 for update""").query(UUID.class).set();
        boolean administers = details.active() && details.roles().contains(Role.ADMINISTRATOR);
        if (!administers && administrators.equals(Set.of(id))) {
            throw new Refused("identity.refused.lastAdministrator");
        }
        int updated = jdbc.sql("""
                update identity.staff set name = :name, roles = :roles, department = :department, language = :language,
                    active = :active, lead = :lead, posts = :posts, duty_calendar = :dutyCalendar,
                    sign_in_epoch = sign_in_epoch + case when active and not :active then 1 else 0 end
                where id = :id""")
                .param("name", details.name())
                .param("roles", names(details.roles()))
                .param("department", details.department())
                .param("language", details.language())
                .param("active", details.active())
                .param("lead", details.lead())
                .param("posts", posts(details.posts()))
                .param("dutyCalendar", details.dutyCalendar())
                .param("id", id)
                .update();
        if (updated == 0) {
            throw new Refused("identity.refused.unknown");
        }
        forget(id);
    }

    /** Sets a new random password, which must be changed at the next sign-in, and ends all sessions of that person. */
    @Transactional
    public String resetPassword(UUID id) {
        String password = Passwords.random();
        setPassword(id, passwords.hash(password), true);
        return password;
    }

    /** Changes the own password and ends all other sessions of that person. */
    @Transactional
    public void changePassword(UUID id, String current, String next) {
        Account account = read("where id = :id", Map.of("id", id)).stream()
                .findFirst()
                .orElseThrow(() -> new Refused("identity.refused.unknown"));
        if (!passwords.matches(current, account.passwordHash())) {
            throw new Refused("identity.refused.currentPassword");
        }
        if (current.equals(next)) {
            throw new Refused("identity.refused.samePassword");
        }
        if (next.equalsIgnoreCase(account.member().login())) {
            throw new Refused("identity.refused.loginAsPassword");
        }
        setPassword(id, passwords.hash(next), false);
    }

    private void setPassword(UUID id, String hash, boolean mustChange) {
        int updated = jdbc.sql("""
                update identity.staff set password_hash = :hash, must_change_password = :mustChange,
                    sign_in_epoch = sign_in_epoch + 1
                where id = :id""")
                .param("hash", hash)
                .param("mustChange", mustChange)
                .param("id", id)
                .update();
        if (updated == 0) {
            throw new Refused("identity.refused.unknown");
        }
        forget(id);
    }

    Optional<Account> account(UUID id) {
        Account account = fresh(id);
        if (account != null) {
            return Optional.of(account);
        }
        Optional<Account> found =
                read("where id = :id", Map.of("id", id)).stream().findFirst();
        found.ifPresent(this::keep);
        return found;
    }

    Optional<Account> accountOf(String login) {
        return read("where lower(login) collate \"C\" = :login", Map.of("login", login.toLowerCase(Locale.ROOT)))
                .stream()
                .findFirst();
    }

    void signedIn(UUID id) {
        jdbc.sql("update identity.staff set signed_in_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    private static void check(StaffDetails details) {
        if (details.roles().isEmpty()) {
            throw new Refused("identity.refused.noRole");
        }
        if (details.roles().equals(Set.of(Role.HANDLER)) && details.department() == null) {
            throw new Refused("identity.refused.noDepartment");
        }
        if (details.posts().contains(Post.DEPARTMENT_HEAD) && details.department() == null) {
            throw new Refused("identity.refused.headOfNothing");
        }
    }

    private List<Account> read(String where, Map<String, Object> parameters) {
        // bounded: every caller asks by a unique column or by ids
        return jdbc.sql("select " + COLUMNS + " from identity.staff " + where)
                .params(parameters)
                .query(Staff::account)
                .list();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        var roles = (String[]) row.getArray("roles").getArray();
        var signedInAt = row.getObject("signed_in_at", OffsetDateTime.class);
        var member = new StaffMember(
                row.getObject("id", UUID.class),
                row.getString("login"),
                row.getString("name"),
                java.util.Arrays.stream(roles).map(Role::valueOf).collect(Collectors.toUnmodifiableSet()),
                row.getString("department"),
                row.getString("language"),
                row.getBoolean("active"),
                row.getBoolean("must_change_password"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                signedInAt == null ? null : signedInAt.toInstant(),
                row.getObject("lead", UUID.class),
                java.util.Arrays.stream((String[]) row.getArray("posts").getArray())
                        .map(Post::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                row.getString("duty_calendar"));
        return new Account(member, row.getString("password_hash"), row.getInt("sign_in_epoch"));
    }

    private @Nullable Account fresh(UUID id) {
        Known found = known.get(id);
        return found != null
                        && Duration.between(found.readAt(), time.instant())
                                        .abs()
                                        .compareTo(FRESH)
                                < 0
                ? found.account()
                : null;
    }

    private void keep(Account account) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(account.member().id(), new Known(account, time.instant()));
    }

    /** After the commit: a reader in between would keep the old row. */
    private void forget(UUID id) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    known.remove(id);
                }
            });
        } else {
            known.remove(id);
        }
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).toArray(String[]::new);
    }

    private static String[] posts(Set<Post> posts) {
        return posts.stream().sorted().map(Post::name).toArray(String[]::new);
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
