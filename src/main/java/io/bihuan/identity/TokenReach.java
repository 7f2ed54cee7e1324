package io.bihuan.identity;

import java.util.Set;

/** The complaints that a token may see and bring: those of some business lines and channels; none named means all. */
public record TokenReach(Set<String> businessLines, Set<String> channels) {
    public static final TokenReach ALL = new TokenReach(Set.of(), Set.of());

    public TokenReach {
        businessLines = Set.copyOf(businessLines);
        channels = Set.copyOf(channels);
    }

    /** Whether a complaint of this line and channel lies within it. */
    public boolean has(String businessLine, String channel) {
        return hasLine(businessLine) && (channels.isEmpty() || channels.contains(channel));
    }

    public boolean hasLine(String businessLine) {
        return businessLines.isEmpty() || businessLines.contains(businessLine);
    }

    public boolean isAll() {
        return businessLines.isEmpty() && channels.isEmpty();
    }
}
