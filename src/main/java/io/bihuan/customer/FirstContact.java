package io.bihuan.customer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel heard of somebody.
 *
 * @param identities by which the sender is known
 * @param things what it was about
 * @param mentions contacts that stood in the text and may be those of another, or of the same under another name
 */
public record FirstContact(
        @Nullable String name, List<Identity> identities, List<Thing> things, List<Identity> mentions) {
    public FirstContact {
        identities = List.copyOf(identities);
        things = List.copyOf(things);
        mentions = List.copyOf(mentions);
    }
}
