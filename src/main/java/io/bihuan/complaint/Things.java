package io.bihuan.complaint;

import io.bihuan.pack.Pack;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What one can recognise a matter by, beside its words: cars, serial and order numbers, the customer's e-mail address. */
@Component
class Things {
    /** Shorter ones ("1", "A12") are everywhere. */
    private static final int SHORTEST = 4;

    private final Keys keys;

    Things(Keys keys) {
        this.keys = keys;
    }

    /** A thing as it is looked up: only who knows it can find it. */
    record Thing(String kind, Register.Blind blind) {}

    /** Adds those of a new complaint to the writes. */
    void write(Writes writes, Complaint complaint, Pack pack) {
        Map<String, String> answers = complaint.product().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> Personal.text(answer.getValue())));
        List<Thing> things =
                of(pack, answers, Personal.valueOf(complaint.customer().email()));
        if (!things.isEmpty()) {
            writes.addMany(
                    things.size(),
                    """
                    insert into complaint.thing (complaint_id, blind, kind)
                    select ?, t.blind, t.kind from unnest(?::bytea[], ?::text[]) t (blind, kind)
                    """,
                    complaint.id(),
                    things.stream().map(thing -> thing.blind().bytes()).toArray(byte[][]::new),
                    things.stream().map(Thing::kind).toArray(String[]::new));
        }
    }

    /** Takes those of an erased complaint away. */
    void erase(Writes writes, UUID complaintId) {
        writes.add("delete from complaint.thing where complaint_id = ?", complaintId);
    }

    /** The things that these answers name, each once. */
    List<Thing> of(Pack pack, Map<String, String> answers, @Nullable String email) {
        var things = new ArrayList<Thing>();
        var seen = new HashSet<Register.Blind>();
        answers.forEach((key, answer) -> pack.form().find(key).ifPresent(field -> {
            switch (field.type()) {
                case VIN, PLATE, SERIAL -> add(things, seen, field.type().name(), field.normal(answer));
                case TEXT, DATE, NUMBER, PHONE, CHOICE, CREDIT_CODE, ID_CARD, BANK_CARD, MONEY, EMAIL, FLAG -> {}
            }
        }));
        if (email != null) {
            add(things, seen, "EMAIL", email);
        }
        return things;
    }

    private void add(List<Thing> things, Set<Register.Blind> seen, String kind, String value) {
        String plain = Normalizer.normalize(value, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        String one = kind.equals("EMAIL") ? plain.strip() : plain.replaceAll("[\\s./_·-]", "");
        byte[] index = one.length() < SHORTEST ? null : keys.blindIndex("thing/" + kind, one);
        if (index != null) {
            var blind = new Register.Blind(index);
            if (seen.add(blind)) {
                things.add(new Thing(kind, blind));
            }
        }
    }
}
