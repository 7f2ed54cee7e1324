package benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The stream of live news as a page holds it open: server-sent events, read by a virtual thread. */
final class News implements AutoCloseable {
    /** So many events are stored with a registration: whoever hears of them hears of it, and its id is as old as it is. */
    private static final int REGISTERED = 2;

    private static final String ID = "{\"id\":\"";
    private static final String VERSION = "\"version\":";

    /** The page that listens. */
    interface Page {
        /** @param ids what changed; empty for everything */
        void changed(List<String> ids);
    }

    /** What came over all streams together. */
    static final class Heard {
        final LongAdder messages = new LongAdder();
        final LongAdder changes = new LongAdder();
        final LongAdder everything = new LongAdder();
        final LongAdder bytes = new LongAdder();
        final LongAdder opened = new LongAdder();
    }

    private final Socket socket;
    private final Heard heard;
    private final Times lags;
    private final Set<String> seen;
    private final Page page;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean isClosed;
    private volatile String trouble = "";

    /**
     * @param lags where the age of the registrations is told that it hears of; null for not
     * @param seen gets the ids of all that changed; null for not
     */
    News(int port, String cookie, Heard heard, Times lags, Set<String> seen, Page page) throws IOException {
        this.heard = heard;
        this.lags = lags;
        this.seen = seen;
        this.page = page;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("GET /desk/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Accept-Encoding: gzip\r\nCache-Control: no-cache\r\n" + cookie + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        heard.opened.increment();
        reader = Thread.ofVirtual().start(this::follow);
    }

    /** Waits until it is open; says what is wrong when it does not come so far. */
    String ready() throws InterruptedException {
        return ready.await(10, TimeUnit.SECONDS) ? trouble : "the stream of news is silent";
    }

    /** What broke it; empty while nothing has. */
    String trouble() {
        return trouble;
    }

    private void follow() {
        try {
            var in = new BufferedInputStream(socket.getInputStream(), 4 * 1024);
            String status = line(in);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status);
            }
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                // nothing in them that a page would need
            }
            var text = new StringBuilder();
            while (true) {
                int length = Integer.parseInt(line(in), 16);
                if (length == 0) {
                    throw new EOFException("the stream ended");
                }
                byte[] chunk = in.readNBytes(length);
                line(in);
                heard.bytes.add(length);
                text.append(new String(chunk, StandardCharsets.ISO_8859_1));
                int end;
                while ((end = text.indexOf("\n\n")) >= 0) {
                    take(text.substring(0, end));
                    text.delete(0, end + 2);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!isClosed) {
                trouble = e.toString();
            }
            ready.countDown();
        }
    }

    private void take(String message) {
        if (message.startsWith(":")) {
            return;
        }
        heard.messages.increment();
        if (message.contains("event: ready")) {
            ready.countDown();
        } else if (message.startsWith("event: everything")) {
            heard.everything.increment();
            page.changed(List.of());
        } else if (message.startsWith("event: changes")) {
            long now = System.currentTimeMillis();
            var ids = new ArrayList<String>();
            for (int at = message.indexOf(ID); at >= 0; at = message.indexOf(ID, at + 1)) {
                int from = at + ID.length();
                ids.add(message.substring(from, from + 36));
                if (lags != null) {
                    int version = message.indexOf(VERSION, from) + VERSION.length();
                    if (message.charAt(version) - '0' <= REGISTERED && message.charAt(version + 1) == '}') {
                        registered(ids.getLast(), now);
                    }
                }
            }
            if (seen != null) {
                seen.addAll(ids);
            }
            heard.changes.add(ids.size());
            page.changed(ids);
        }
    }

    /** The id of a complaint begins with the millisecond in which it was made. */
    private void registered(String id, long now) {
        long made = Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16);
        lags.add("registration", (now - made) * 1_000_000);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the stream");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        socket.close();
    }
}
