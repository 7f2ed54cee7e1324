package io.bihuan.triage;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a case is judged by.
 *
 * @param category the category's code when somebody chose one; one that the pack does not have counts as none
 * @param text everything the customer said, title included
 * @param customersAffected at least 1
 * @param channel how it came in, where that is known
 * @param answers to the pack's form, by key
 */
public record Facts(
        Kind kind,
        @Nullable String category,
        String text,
        int customersAffected,
        Set<Circumstance> circumstances,
        @Nullable Channel channel,
        Map<String, String> answers) {
    public Facts {
        customersAffected = Math.max(1, customersAffected);
        circumstances = Set.copyOf(circumstances);
        answers = Collections.unmodifiableMap(answers);
    }

    /** One whose way in and answers are not known. */
    public Facts(
            Kind kind, @Nullable String category, String text, int customersAffected, Set<Circumstance> circumstances) {
        this(kind, category, text, customersAffected, circumstances, null, Map.of());
    }

    /** One that came in through this channel, with what that says of it. */
    public Facts(
            Kind kind,
            @Nullable String category,
            String text,
            int customersAffected,
            Channel channel,
            Map<String, String> answers) {
        this(kind, category, text, customersAffected, Circumstance.of(channel), channel, answers);
    }

    /** A registered complaint, as a pack reads its answers. */
    public static Facts of(Complaint complaint, Pack pack) {
        return new Facts(
                complaint.kind(),
                complaint.category(),
                Personal.text(complaint.title()) + "\n" + Personal.text(complaint.content()),
                complaint.customersAffected(),
                complaint.channel(),
                complaint.facts(pack).answers());
    }

    /** The same with what else is known of it. */
    public Facts with(Set<Circumstance> more) {
        var all = new HashSet<>(circumstances);
        all.addAll(more);
        return new Facts(kind, category, text, customersAffected, all, channel, answers);
    }

    /** The same before anybody has chosen a category. */
    public Facts unchosen() {
        return new Facts(kind, null, text, customersAffected, circumstances, channel, answers);
    }

    /** One customer's words, nothing more. */
    public Facts(Kind kind, @Nullable String category, String text) {
        this(kind, category, text, 1, Set.of());
    }
}
