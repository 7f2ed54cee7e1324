package io.bihuan.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts one message over HTTP/1.1. By hand, because the usual clients resolve names themselves, follow, pool and buffer: here the
 * connection goes to the checked address, at most 4 KiB of the answer are read, and after the time is up the socket is closed under
 * whatever still waits.
 */
final class Sender {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    static final int MOST_ANSWER = 4 << 10;
    private static final int MOST_HEAD = 16 << 10;
    private static final int MOST_SHOWN = 500;
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final Targets targets;
    private final Duration connectTimeout;
    private final Duration timeout;

    Sender(Targets targets, Duration connectTimeout, Duration timeout) {
        this.targets = targets;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
    }

    private static final class Broken extends IOException {
        Broken(String message) {
            super(message);
        }
    }

    private record Answer(int status, String text, @Nullable Duration retryAfter) {}

    /** Sends and waits for the answer; whatever happens is in the reply. */
    Reply post(URI url, Map<String, String> headers, byte[] body) {
        long start = System.nanoTime();
        try {
            Answer answer = exchange(url, headers, body, start);
            return new Reply(
                    outcome(answer.status()), answer.status(), answer.text(), since(start), answer.retryAfter());
        } catch (Targets.Forbidden e) {
            return failed(Outcome.FORBIDDEN, e, start);
        } catch (SocketTimeoutException e) {
            return failed(Outcome.TIMED_OUT, e, start);
        } catch (Broken | EOFException e) {
            return failed(isLate(start) ? Outcome.TIMED_OUT : Outcome.BROKEN, e, start);
        } catch (IOException e) {
            return failed(isLate(start) ? Outcome.TIMED_OUT : Outcome.UNREACHABLE, e, start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(Outcome.UNREACHABLE, e, start);
        }
    }

    private Answer exchange(URI url, Map<String, String> headers, byte[] body, long start)
            throws IOException, InterruptedException {
        boolean isEncrypted = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() > 0 ? url.getPort() : isEncrypted ? 443 : 80;
        try (Socket plain = connect(resolve(url.getHost()), port)) {
            Thread watch = Thread.ofVirtual().start(() -> closeLate(plain, start));
            try (Socket socket = isEncrypted ? encrypted(plain, url.getHost(), port) : plain) {
                write(socket.getOutputStream(), url, headers, body);
                return read(new BufferedInputStream(socket.getInputStream()));
            } finally {
                watch.interrupt();
            }
        }
    }

    /** The resolver of the system knows no time limit. */
    private List<InetAddress> resolve(String host) throws IOException, InterruptedException {
        var found = new CompletableFuture<List<InetAddress>>();
        Thread.ofVirtual().start(() -> {
            try {
                found.complete(targets.resolve(host));
            } catch (UnknownHostException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("name resolution");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            if (e.getCause() instanceof Targets.Forbidden forbidden) {
                throw forbidden;
            }
            throw new IOException(e.getCause());
        }
    }

    private Socket connect(List<InetAddress> addresses, int port) throws IOException {
        IOException last = new UnknownHostException();
        // Two are enough to get past one that is dead, and the time is short.
        for (InetAddress address : addresses.subList(0, Math.min(2, addresses.size()))) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), (int) connectTimeout.toMillis());
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                last = e;
                socket.close();
            }
        }
        throw last;
    }

    /** The name of the address is what the certificate must show, not that of the resolved host. */
    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, name, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static void write(OutputStream out, URI url, Map<String, String> headers, byte[] body) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getHost())
                .append(url.getPort() > 0 ? ":" + url.getPort() : "")
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    /** Whoever says 2xx has taken the message: what he says after that, or whether it is as long as he said, changes nothing. */
    private static Answer read(InputStream in) throws IOException {
        var left = new int[] {MOST_HEAD};
        int status;
        Duration retryAfter = null;
        boolean isChunked = false;
        do {
            status = status(line(in, left));
            for (String header = line(in, left); !header.isEmpty(); header = line(in, left)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("retry-after:")) {
                    retryAfter =
                            seconds(header.substring("retry-after:".length()).strip());
                }
                isChunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            }
        } while (status < 200);
        byte[] beginning;
        try {
            beginning = in.readNBytes(MOST_ANSWER);
        } catch (IOException e) {
            beginning = new byte[0];
        }
        String text = new String(beginning, StandardCharsets.UTF_8);
        if (isChunked) {
            // The first line only says how long the first piece is.
            text = text.substring(text.indexOf('\n') + 1);
        }
        return new Answer(status, shown(text), retryAfter);
    }

    private static int status(String line) throws Broken {
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new Broken("no HTTP answer");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static String line(InputStream in, int[] left) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed before the answer");
            }
            if (--left[0] <= 0) {
                throw new Broken("head of the answer too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static @Nullable Duration seconds(String text) {
        if (!text.matches("\\d{1,9}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static Outcome outcome(int status) {
        if (status == 410) {
            return Outcome.GONE;
        }
        return switch (status / 100) {
            case 2 -> Outcome.DELIVERED;
            case 3 -> Outcome.REDIRECTED;
            default -> Outcome.REFUSED;
        };
    }

    private static String shown(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}&&[^\\n\\t]]", "").strip();
        return clean.codePointCount(0, clean.length()) <= MOST_SHOWN
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MOST_SHOWN));
    }

    /** The outcome says what happened; a sentence of a library would help nobody who reads the page. */
    private static Reply failed(Outcome outcome, Exception e, long start) {
        log.debug("webhook not delivered: {} {}", outcome, e.toString());
        return new Reply(outcome, null, "", since(start), null);
    }

    private boolean isLate(long start) {
        return since(start).compareTo(timeout) >= 0;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void closeLate(Socket socket, long start) {
        try {
            Thread.sleep(timeout.minus(since(start)));
            socket.close();
        } catch (InterruptedException | IOException e) {
            // answered in time, or closed already
        }
    }
}
