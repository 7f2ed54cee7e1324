package io.bihuan.message;

import io.bihuan.identity.SignedIn;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names what messages are about, for those who may see it. */
public interface MessageSubjects {
    /** How a list shows a subject. */
    record Named(String label, String href) {}

    String subject();

    /** The names of those among them that the reader may see. */
    Map<UUID, Named> named(Collection<UUID> ids, SignedIn who);

    /** The key of the text that names a purpose; null when it has none. */
    default @Nullable String purposeKey(String purpose) {
        return null;
    }
}
