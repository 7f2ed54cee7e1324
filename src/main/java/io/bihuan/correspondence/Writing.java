package io.bihuan.correspondence;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.LetterFilling;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Content;
import io.bihuan.message.Recipient;
import io.bihuan.message.Way;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what is said to a customer: the letters of the pack for each way that leads to him, filled for his complaint. */
@Component
class Writing {
    /** What people write themselves: never lost, whatever letter it goes by. */
    private static final List<Placeholder> WRITTEN =
            List.of(Placeholder.FINDINGS, Placeholder.MEASURES, Placeholder.GUARANTEE, Placeholder.ROUTES);

    private static final Set<Purpose> BROUGHT = Set.of(Purpose.RESULT, Purpose.REJECTION, Purpose.INFORMATION_REQUEST);

    /**
     * Something as it would be sent.
     *
     * @param ways those for which there is a text, in the order in which they are tried
     * @param letter the one of the first way; null where the words are somebody's own
     * @param missing places of the first text for which there is nothing
     * @param places that the first letter has
     */
    record Written(
            List<Way> ways,
            Map<Way, Content> contents,
            Recipient to,
            @Nullable Letter letter,
            Set<Placeholder> missing,
            Set<Placeholder> places) {
        /** What the customer reads or hears first. */
        Content first() {
            return Objects.requireNonNull(contents.get(ways.getFirst()));
        }
    }

    private final Packs packs;
    private final Staff staff;
    private final Recipients recipients;
    private final LetterFilling filling;
    private final Bundles bundles;

    Writing(Packs packs, Staff staff, Recipients recipients, LetterFilling filling, Bundles bundles) {
        this.packs = packs;
        this.staff = staff;
        this.recipients = recipients;
        this.filling = filling;
        this.bundles = bundles;
    }

    /** The one that was chosen, else the customer's. */
    static Locale language(Dossier dossier, Saying saying) {
        Locale chosen = saying.language();
        return chosen == null ? Tongue.of(dossier.complaint()) : chosen;
    }

    /** The values that the complaint gives to letters. */
    Map<Placeholder, String> values(Dossier dossier, Saying saying, boolean isMasked) {
        Pack pack = pack(dossier);
        Texts in = bundles.in(language(dossier, saying));
        String name = Personal.text(dossier.complaint().customer().name());
        StaffMember owner = staff.names(List.of(dossier.complaint().owner()))
                .get(dossier.complaint().owner());
        var values = new EnumMap<Placeholder, String>(Placeholder.class);
        values.putAll(filling.values(
                dossier, pack, isMasked ? Masks.name(name) : name, owner == null ? "" : owner.name(), in));
        // Outside of a request and without a public address there is no link that leads anywhere.
        if (!values.getOrDefault(Placeholder.TRACKING_URL, "").startsWith("http")) {
            values.remove(Placeholder.TRACKING_URL);
        }
        values.putAll(saying.values());
        return values;
    }

    /**
     * Writes it.
     *
     * @param isMasked whether colleagues read it, and the customer does not
     * @return empty when nobody can be reached
     * @throws Refused when the pack has no letter for it
     */
    Optional<Written> write(Dossier dossier, Saying saying, boolean isMasked) {
        Recipients.Reach known = recipients.of(dossier.complaint(), saying.way(), language(dossier, saying));
        // The conversation brings these of itself when they stand in the history.
        boolean isBrought = BROUGHT.contains(saying.purpose());
        var reach = new Recipients.Reach(
                known.ways().stream()
                        .filter(way -> !isBrought || way != Way.WECHAT)
                        .toList(),
                known.to());
        return reach.ways().isEmpty() ? Optional.empty() : Optional.of(write(dossier, saying, isMasked, reach));
    }

    /**
     * The same for what a colleague tells himself, which needs no number.
     *
     * @param way by whose letter it is told
     */
    Written writeTold(Dossier dossier, Saying saying, Way way, boolean isMasked) {
        Recipients.Reach reach = recipients.of(dossier.complaint(), way, language(dossier, saying));
        return write(dossier, saying, isMasked, new Recipients.Reach(List.of(way), reach.to()));
    }

    /** A time as the customer of the complaint reads it. */
    String time(Complaint complaint, Instant at) {
        return bundles.in(Tongue.of(complaint)).dateTime(at);
    }

    /** How the customer can be reached. */
    List<Way> ways(Complaint complaint) {
        return recipients.of(complaint, null, Locale.CHINESE).ways();
    }

    private Written write(Dossier dossier, Saying saying, boolean isMasked, Recipients.Reach reach) {
        Texts in = bundles.in(language(dossier, saying));
        String words = saying.words();
        if (words != null) {
            return own(dossier, words.strip(), reach, in);
        }
        Map<Placeholder, String> values = values(dossier, saying, isMasked);
        List<Letter> letters = letters(dossier, saying.purpose());
        var contents = new LinkedHashMap<Way, Content>();
        Letter first = null;
        var missing = EnumSet.noneOf(Placeholder.class);
        for (Way way : reach.ways()) {
            Letter letter = letter(letters, saying.letter(), way);
            if (letter == null) {
                continue;
            }
            Set<Placeholder> lacking = missing(letter, saying, values, in);
            if (first == null) {
                first = letter;
                missing.addAll(lacking);
            } else if (!lacking.isEmpty()) {
                // A way to fall back on that would say less than it should is none.
                continue;
            }
            contents.put(way, content(letter, saying, values, in));
        }
        if (first == null) {
            throw new Refused("correspondence.refused.no-letter", saying.purpose());
        }
        return new Written(
                new ArrayList<>(contents.keySet()), contents, reach.to(), first, missing, first.places(in.locale()));
    }

    /** The letters for a purpose that fit the complaint. */
    List<Letter> letters(Dossier dossier, @Nullable Purpose purpose) {
        return Guidance.of(pack(dossier), dossier.complaint().category()).letters().stream()
                .filter(letter -> purpose == null || letter.purpose() == purpose)
                .filter(letter -> letter.channel() != Letter.Way.LETTER)
                .toList();
    }

    private Pack pack(Dossier dossier) {
        return packs.get(dossier.complaint().pack(), dossier.complaint().packVersion());
    }

    private static Set<Placeholder> missing(Letter letter, Saying saying, Map<Placeholder, String> values, Texts in) {
        var missing = EnumSet.noneOf(Placeholder.class);
        missing.addAll(letter.missing(in.locale(), values));
        Said.partsOf(saying.purpose()).stream()
                .filter(part -> values.getOrDefault(part, "").isBlank())
                .forEach(missing::add);
        return missing;
    }

    /** The one that was chosen on its way; else the pack's for the way, or for one that is written alike. */
    private static @Nullable Letter letter(List<Letter> letters, @Nullable String chosen, Way way) {
        List<Letter.Way> alike =
                switch (way) {
                    case SMS -> List.of(Letter.Way.SMS);
                    case EMAIL -> List.of(Letter.Way.EMAIL);
                    case WECHAT -> List.of(Letter.Way.WECHAT, Letter.Way.SMS);
                    case PHONE -> List.of(Letter.Way.PHONE, Letter.Way.SMS, Letter.Way.EMAIL);
                };
        return alike.stream()
                .flatMap(channel -> Stream.concat(
                                letters.stream().filter(letter -> letter.name().equals(chosen)), letters.stream())
                        .filter(letter -> letter.channel() == channel))
                .findFirst()
                .orElse(null);
    }

    private static Content content(Letter letter, Saying saying, Map<Placeholder, String> values, Texts in) {
        var parameters = new LinkedHashMap<String, String>();
        Set<Placeholder> places = letter.places(in.locale());
        places.forEach(place -> parameters.put(place.word(), values.getOrDefault(place, "")));
        var text = new StringBuilder(letter.text(in.locale(), values).strip());
        added(saying, places)
                .forEach(part -> text.append('\n')
                        .append(in.of(addedKey(part, saying.purpose()), values.getOrDefault(part, Letter.UNKNOWN))));
        return new Content(letter.subject(in.locale(), values), text.toString(), parameters);
    }

    /** The parts of a result, and what somebody wrote, as far as the letter has no place for them. */
    private static Set<Placeholder> added(Saying saying, Set<Placeholder> places) {
        List<Placeholder> owed = Said.partsOf(saying.purpose());
        // All of a proposal stands where its letter leads to.
        boolean isWhole = saying.purpose() == Purpose.PROPOSAL;
        var added = new LinkedHashSet<Placeholder>();
        for (Placeholder part : WRITTEN) {
            boolean isWritten =
                    !isWhole && !saying.values().getOrDefault(part, "").isBlank();
            if (!places.contains(part) && (isWritten || owed.contains(part))) {
                added.add(part);
            }
        }
        return added;
    }

    private static String addedKey(Placeholder part, Purpose purpose) {
        if (part != Placeholder.MEASURES || Said.tellsResult(purpose)) {
            return "correspondence.part." + part;
        }
        return purpose == Purpose.INFORMATION_REQUEST ? "correspondence.wanted" : "correspondence.arranged";
    }

    private Written own(Dossier dossier, String words, Recipients.Reach reach, Texts in) {
        String line = pack(dossier).name().in(in.locale());
        var contents = new LinkedHashMap<Way, Content>();
        for (Way way : reach.ways()) {
            contents.put(
                    way,
                    switch (way) {
                        case SMS -> Content.of(in.of("correspondence.sms", line, words));
                        case EMAIL ->
                            Content.of(
                                    in.of(
                                            "correspondence.subject",
                                            dossier.complaint().number().readable()),
                                    words);
                        case WECHAT, PHONE -> Content.of(words);
                    });
        }
        return new Written(reach.ways(), contents, reach.to(), null, Set.of(), Set.of());
    }
}
