package io.bihuan.telephony;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The telephone systems whose events are read; none by default.
 *
 * @param pbx by the name that stands as the source of their calls
 */
@ConfigurationProperties("bihuan.telephony")
public record TelephonyProperties(@Nullable Map<String, Pbx> pbx) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

    public TelephonyProperties {
        pbx = pbx == null ? Map.of() : Map.copyOf(pbx);
        for (String name : pbx.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("bihuan.telephony.pbx." + name
                        + ": a name is lower-case letters, digits, dots and hyphens, at most 40");
            }
        }
    }

    Map<String, Pbx> systems() {
        return pbx == null ? Map.of() : pbx;
    }

    /** What kind of telephone system it is. */
    public enum Kind {
        /** Asterisk, by its manager interface; it speaks of all calls to users with the classes call, agent and dialplan. */
        ASTERISK(5038),
        /** FreeSWITCH, by its event socket. */
        FREESWITCH(8021);

        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    /**
     * How to reach a telephone system.
     *
     * @param port 5038 or 8021 when absent
     * @param user of the manager interface; FreeSWITCH has none
     * @param trunks names of the lines to the outside: endpoints of Asterisk, profiles or gateways of FreeSWITCH
     * @param recordings address under which the files of recordings are found by their names; null: recordings are not linked
     */
    public record Pbx(
            @Nullable Kind kind,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable String password,
            @Nullable List<String> trunks,
            @Nullable String recordings) {
        public Pbx {
            trunks = trunks == null ? List.of() : List.copyOf(trunks);
            require(kind != null, "kind", "asterisk or freeswitch");
            require(host != null && !host.isBlank(), "host", "the name or address of the telephone system");
            require(port == null || (port > 0 && port < 65_536), "port", "1 to 65535");
            require(kind != Kind.ASTERISK || isOneLine(user), "user", "the user of the manager interface, in one line");
            require(isOneLine(password), "password", "in one line");
            require(
                    recordings == null || recordings.toLowerCase(Locale.ROOT).matches("https?://.+"),
                    "recordings",
                    "an address that begins with http:// or https://");
        }

        private static boolean isOneLine(@Nullable String text) {
            return text != null && !text.isBlank() && text.chars().noneMatch(c -> c < ' ');
        }

        private static void require(boolean isTrue, String property, String what) {
            if (!isTrue) {
                throw new IllegalArgumentException("bihuan.telephony.pbx.….%s: %s".formatted(property, what));
            }
        }

        int portToUse() {
            return port != null ? port : kind == null ? 0 : kind.port;
        }

        boolean isTrunk(@Nullable String name) {
            return name != null && trunks != null && trunks.contains(name);
        }

        /** Where the recording in this file is heard; null when recordings are not linked. */
        @Nullable
        String recording(String file) {
            String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
            return recordings == null || name.isEmpty()
                    ? null
                    : recordings
                            + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                                    .replace("+", "%20");
        }

        @Override
        public String toString() {
            return kind + " " + host + ":" + portToUse();
        }
    }
}
