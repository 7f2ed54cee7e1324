package io.bihuan.customer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A living customer as far as one must know to speak with: how to be reached, and what care is needed. */
public record KnownPerson(
        UUID id,
        @Nullable Vulnerability vulnerable,
        @Nullable PreferredContact preferred,
        List<Contact> contacts) {
    public KnownPerson {
        contacts = List.copyOf(contacts);
    }

    public boolean isMarked() {
        return vulnerable != null || preferred != null || contacts.stream().anyMatch(Contact::isFailed);
    }

    /** The values of one kind, as they are stored. */
    public List<String> values(IdentityKind kind) {
        return contacts.stream()
                .map(Contact::identity)
                .filter(identity -> identity.kind() == kind)
                .map(Identity::value)
                .toList();
    }
}
