package io.bihuan.customer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the company's own systems know of a customer. What is null, or not in a list, stays as it is.
 *
 * @param key by what the customer is found, and known if new: usually the own number
 * @param contacts more of what the customer is known by
 */
public record CustomerDetails(
        Identity key,
        @Nullable String name,
        List<Identity> contacts,
        List<Thing> things,
        @Nullable Vulnerability vulnerable,
        @Nullable PreferredContact preferred) {
    /** Characters of a name. */
    public static final int LONGEST_NAME = 100;

    public static final int MOST_CONTACTS = 20;
    public static final int MOST_THINGS = 100;

    public CustomerDetails {
        contacts = List.copyOf(contacts);
        things = List.copyOf(things);
    }

    /** Somebody and what they have, for a file of vehicles, appliances or orders. */
    public static CustomerDetails owning(Identity key, @Nullable String name, Thing thing) {
        return new CustomerDetails(key, name, List.of(), List.of(thing), null, null);
    }
}
