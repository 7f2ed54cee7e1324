package io.bihuan.complaint;

import io.bihuan.customer.Customers;
import io.bihuan.customer.FirstContact;
import io.bihuan.customer.Identity;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers who complains and about what. It follows the history, so that a registration never waits for it and whatever came in,
 * by whichever door, also before there were customers, is remembered; read again from the start it changes nothing.
 */
@Component
class CustomerFollower implements Follower {
    private static final Logger log = LoggerFactory.getLogger(CustomerFollower.class);
    private static final Pattern MOBILE = Pattern.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])");
    private static final int MOST_MENTIONS = 5;

    private record Happened(UUID complaint, ComplaintEvent.Registered event, boolean isUnindexed) {}

    private final JdbcClient jdbc;
    private final History history;
    private final Register register;
    private final Customers customers;
    private final Packs packs;
    private final Keys keys;

    CustomerFollower(JdbcClient jdbc, History history, Register register, Customers customers, Packs packs, Keys keys) {
        this.jdbc = jdbc;
        this.history = history;
        this.register = register;
        this.customers = customers;
        this.packs = packs;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "customers";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        UUID[] complaints = page.stream()
                .filter(entry -> entry.type().equals("Registered"))
                .map(Feed.Entry::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        if (complaints.length == 0) {
            return;
        }
        List<Optional<Happened>> happened = jdbc.sql("""
                        select c.id as complaint, c.data_key, c.customer_email_index is null and c.customer_email is not null as unindexed,
                            e.id, e.seq, e.at, e.actor, e.type, e.data
                        from complaint.event e join complaint.complaint c on c.id = e.complaint_id
                        where e.complaint_id = any(:complaints) and e.type = 'Registered' and c.data_key is not null
                        order by e.id
                        """)
                .param("complaints", complaints)
                .query(this::happened)
                .list();
        customers.rememberAll(happened.stream()
                .flatMap(Optional::stream)
                .flatMap(each -> contact(each).stream())
                .toList());
    }

    /** An event that cannot be read is for the check of the histories; it does not keep the others from being remembered. */
    private Optional<Happened> happened(ResultSet row, int index) throws SQLException {
        UUID complaint = Objects.requireNonNull(row.getObject("complaint", UUID.class));
        try {
            HistoryEvent event = history.event(row, keys.unwrap(Objects.requireNonNull(row.getBytes("data_key"))));
            return event.event() instanceof ComplaintEvent.Registered registered
                    ? Optional.of(new Happened(complaint, registered, row.getBoolean("unindexed")))
                    : Optional.empty();
        } catch (RuntimeException e) {
            log.warn("The registration of complaint {} cannot be read: {}", complaint, e.toString());
            return Optional.empty();
        }
    }

    private Optional<FirstContact> contact(Happened happened) {
        ComplaintEvent.Registered event = happened.event();
        String email = Personal.valueOf(event.customerEmail());
        if (happened.isUnindexed() && email != null) {
            register.indexEmail(happened.complaint(), email);
        }
        var identities = new ArrayList<Identity>();
        Identity.phone(Personal.text(event.customerPhone())).ifPresent(identities::add);
        Identity.email(Personal.text(event.customerEmail())).ifPresent(identities::add);
        if (identities.isEmpty()) {
            return Optional.empty();
        }
        var answers = new HashMap<String, String>();
        event.product().forEach((key, answer) -> answers.put(key, Personal.text(answer)));
        Pack pack = pack(event);
        return Optional.of(new FirstContact(
                Personal.valueOf(event.customerName()),
                identities,
                pack == null ? List.of() : CustomerThings.of(pack, answers),
                mentions(event, answers, pack, identities)));
    }

    private @Nullable Pack pack(ComplaintEvent.Registered event) {
        try {
            return packs.get(event.pack(), event.packVersion());
        } catch (RuntimeException e) {
            log.warn("Pack {} {} cannot be read: {}", event.pack(), event.packVersion(), e.toString());
            return null;
        }
    }

    /** Contacts in what somebody wrote that are not the sender's. */
    private static List<Identity> mentions(
            ComplaintEvent.Registered event, Map<String, String> answers, @Nullable Pack pack, List<Identity> own) {
        var mentions = new ArrayList<Identity>();
        if (pack != null) {
            for (FormField field : pack.form().all()) {
                String answer = answers.getOrDefault(field.key(), "");
                if (field.type() == FormField.Type.PHONE) {
                    Identity.phone(answer).ifPresent(mentions::add);
                } else if (field.type() == FormField.Type.EMAIL) {
                    Identity.email(answer).ifPresent(mentions::add);
                }
            }
        }
        MOBILE.matcher(Personal.text(event.content()))
                .results()
                .limit(MOST_MENTIONS)
                .flatMap(found -> Identity.phone(found.group()).stream())
                .forEach(mentions::add);
        return mentions.stream()
                .filter(mention -> !own.contains(mention))
                .distinct()
                .limit(MOST_MENTIONS)
                .toList();
    }
}
