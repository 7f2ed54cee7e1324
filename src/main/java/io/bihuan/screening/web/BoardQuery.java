package io.bihuan.screening.web;

import io.bihuan.complaint.Channel;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.WaitingMessages.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which messages the board shows, as its address says it. */
public record BoardQuery(
        @Nullable String channel,
        @Nullable String reason,
        @Nullable String mine,
        @Nullable String automatic,
        @Nullable String cursor) {
    static final String PATH = "/desk/screening";

    public BoardQuery {
        channel = text(channel);
        reason = text(reason);
        mine = "true".equals(mine) ? "true" : "";
        automatic = "true".equals(automatic) ? "true" : "";
        cursor = text(cursor);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    public String channelText() {
        return text(channel);
    }

    public String reasonText() {
        return text(reason);
    }

    public boolean isMine() {
        return "true".equals(mine);
    }

    public boolean isAutomatic() {
        return "true".equals(automatic);
    }

    public boolean isNarrowed() {
        return isMine() || !reasonText().isEmpty();
    }

    @Nullable
    Channel chosenChannel() {
        return Arrays.stream(Channel.values())
                .filter(each -> each.name().equals(channel))
                .findFirst()
                .orElse(null);
    }

    Filter filter(SignedIn who) {
        return new Filter(
                isMine() ? who.id() : null,
                chosenChannel(),
                Arrays.stream(ParkReason.values())
                        .filter(each -> each.name().equals(reason))
                        .findFirst()
                        .orElse(null),
                isAutomatic());
    }

    /** The same list in another channel; empty for all. */
    public String in(String other) {
        return address(other, reasonText(), isMine(), isAutomatic(), "");
    }

    /** The automatic messages. */
    public String automaticOnes() {
        return address("", "", false, true, "");
    }

    /** What this address shows from its beginning. */
    public String self() {
        return address(channelText(), reasonText(), isMine(), isAutomatic(), "");
    }

    /** The same channel without the other filters. */
    public String cleared() {
        return address(channelText(), "", false, isAutomatic(), "");
    }

    public String at(@Nullable String place) {
        return address(channelText(), reasonText(), isMine(), isAutomatic(), text(place));
    }

    private static String address(String channel, String reason, boolean mine, boolean automatic, String cursor) {
        var address = new StringBuilder();
        add(address, "channel", channel);
        add(address, "reason", reason);
        add(address, "mine", mine ? "true" : "");
        add(address, "automatic", automatic ? "true" : "");
        add(address, "cursor", cursor);
        return PATH + address;
    }

    private static void add(StringBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.append(address.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
