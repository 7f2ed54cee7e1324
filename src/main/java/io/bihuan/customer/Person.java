package io.bihuan.customer;

import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A living customer with all that is known: what those brought who were merged into it is in it.
 *
 * @param merged the customers merged into this one, each at its place in the tree of merges
 */
public record Person(
        UUID id,
        @Nullable Personal name,
        @Nullable Vulnerability vulnerable,
        @Nullable PreferredContact preferred,
        List<Contact> contacts,
        List<OwnedThing> things,
        List<Merged> merged,
        Instant createdAt,
        @Nullable Instant erasedAt) {
    /**
     * Somebody who is the same person.
     *
     * @param into whose link it is: the living customer, or another that was merged into it
     */
    public record Merged(UUID id, UUID into, @Nullable Personal name) {}

    public Person {
        contacts = List.copyOf(contacts);
        things = List.copyOf(things);
        merged = List.copyOf(merged);
    }

    public String maskedName() {
        return Masks.name(Personal.valueOf(name));
    }

    public KnownPerson known() {
        return new KnownPerson(id, vulnerable, preferred, contacts);
    }

    /** The values of one kind, as they are stored. */
    public List<String> values(IdentityKind kind) {
        return known().values(kind);
    }

    /** The number under which the company's own systems keep the customer. */
    public Optional<String> number() {
        return values(IdentityKind.NUMBER).stream().findFirst();
    }

    /** The rows that are this person. */
    public List<UUID> ids() {
        var ids = new java.util.ArrayList<UUID>();
        ids.add(id);
        merged.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
