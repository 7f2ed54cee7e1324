package io.bihuan.platform.files;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The virus scanner: a ClamAV daemon.
 *
 * @param address {@code host:port}, or {@code unix:/path/of/the/socket}
 * @param timeout for one file, from the connection to the answer
 * @param largest file that is sent to it; not more than its {@code StreamMaxLength}
 */
@ConfigurationProperties("bihuan.scanner")
public record ScannerSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("localhost:3310") String address,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("100MB") DataSize largest) {
    private static final String UNIX = "unix:";

    public ScannerSettings {
        if (timeout.isNegative() || timeout.isZero() || largest.toBytes() <= 0) {
            throw new IllegalArgumentException("bihuan.scanner: timeout and largest must be more than nothing");
        }
        boolean isAddress = address.startsWith(UNIX)
                ? address.length() > UNIX.length()
                : address.matches("\\[?[A-Za-z0-9._:-]+]?:[0-9]{1,5}");
        if (!isAddress) {
            throw new IllegalArgumentException(
                    "bihuan.scanner.address must be host:port or unix:/path, but is " + address);
        }
    }

    /** Where it is now; names are looked up each time. */
    SocketAddress socket() {
        if (address.startsWith(UNIX)) {
            return UnixDomainSocketAddress.of(address.substring(UNIX.length()));
        }
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(
                address.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(address.substring(colon + 1)));
    }
}
