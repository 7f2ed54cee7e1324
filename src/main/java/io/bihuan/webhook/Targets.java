package io.bihuan.webhook;

import io.bihuan.platform.Refused;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where messages may be sent: to public addresses, encrypted. Who may name an address could otherwise let this server ask others in its
 * own network. A name is resolved once and the connection goes to what was checked, so that no second answer slips in.
 */
final class Targets {
    static final int LONGEST = 1_000;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The name leads into a network that is not for messages. */
    static final class Forbidden extends RuntimeException {
        Forbidden(String host) {
            super("private address: " + host);
        }
    }

    private final boolean allowPrivate;
    private final Resolver resolver;

    Targets(boolean allowPrivate, Resolver resolver) {
        this.allowPrivate = allowPrivate;
        this.resolver = resolver;
    }

    /**
     * Reads the address of an endpoint.
     *
     * @throws Refused with the reason when nothing may be sent there
     */
    URI read(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Refused("webhook.refused.url");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || url.getPort() == 0
                || url.getPort() > 65_535
                || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new Refused("webhook.refused.url");
        }
        if (scheme.equals("http") && !allowPrivate) {
            throw new Refused("webhook.refused.unencrypted");
        }
        literal(url.getHost()).ifPresent(address -> {
            if (!isAllowed(address)) {
                throw new Refused("webhook.refused.private");
            }
        });
        return url;
    }

    private static java.util.Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return java.util.Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return bare.equalsIgnoreCase("localhost")
                    ? java.util.Optional.of(InetAddress.getLoopbackAddress())
                    : java.util.Optional.empty();
        }
    }

    /** The addresses of a host, all of them allowed. */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        var literal = literal(host);
        List<InetAddress> found = literal.isPresent() ? List.of(literal.get()) : Arrays.asList(resolver.resolve(host));
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (!found.stream().allMatch(this::isAllowed)) {
            throw new Forbidden(host);
        }
        return found;
    }

    private boolean isAllowed(InetAddress address) {
        return allowPrivate || isPublic(address);
    }

    /** Whether an address is one of the internet: not of a machine itself, a private network, a cloud's metadata or a reserved block. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6((Inet6Address) address);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        int third = b[2] & 0xFF;
        boolean isReserved = first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 192 && second == 88 && third == 99)
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113);
        return !isReserved;
    }

    /** Only the block of global addresses, and in it none that carries another network's address. */
    private static boolean isPublic6(Inet6Address address) {
        byte[] b = address.getAddress();
        boolean isGlobal = (b[0] & 0xE0) == 0x20;
        boolean isTunnel = b[0] == 0x20 && b[1] == 0x02;
        // 2001::/23 holds Teredo and others for special purposes, 2001:db8::/32 is for documents.
        boolean isSpecial =
                b[0] == 0x20 && b[1] == 0x01 && ((b[2] & 0xFE) == 0 || (b[2] == 0x0d && b[3] == (byte) 0xb8));
        return isGlobal && !isTunnel && !isSpecial;
    }
}
