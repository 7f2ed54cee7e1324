package io.bihuan.webhook;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Another company's system that takes messages, on this machine; it answers as the test says, byte by byte if it wishes. */
public final class Receiver implements AutoCloseable {
    /** What was received, header names in lower case. */
    public record Taken(String requestLine, Map<String, String> headers, String body) {
        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    /** How it answers the n-th request, from 0; it may write anything or nothing. */
    @FunctionalInterface
    public interface Manner {
        void answer(int number, Taken taken, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Thread listener;
    private final Manner manner;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public Receiver(Manner manner) {
        this.manner = manner;
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    public static Receiver always(int status) {
        return new Receiver((number, message, out) -> status(out, status));
    }

    static void status(OutputStream out, int status) throws IOException {
        text(out, "HTTP/1.1 " + status + " whatever\r\nContent-Length: 2\r\n\r\nok");
    }

    static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hooks");
    }

    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** The most requests that were here at the same time. */
    int mostAtOnce() {
        return most.get();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** A request is here until its answer begins: whoever has read that may send the next one. */
    private final class Answer extends FilterOutputStream {
        private final AtomicBoolean hasBegun = new AtomicBoolean();

        Answer(OutputStream out) {
            super(out);
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
        }

        void begin() {
            if (hasBegun.compareAndSet(false, true)) {
                now.decrementAndGet();
            }
        }

        @Override
        public void write(int b) throws IOException {
            begin();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin();
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            begin();
            super.close();
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var out = new Answer(socket.getOutputStream())) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            var headers = new TreeMap<String, String>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            var body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
            int read = 0;
            while (read < body.length) {
                read += in.read(body, read, body.length - read);
            }
            var message = new Taken(
                    first,
                    headers,
                    new String(new String(body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            taken.add(message);
            manner.answer(count.getAndIncrement(), message, out);
        } catch (IOException | InterruptedException e) {
            // the sender is gone
        }
    }

    /** The ids of all messages, each as often as it came. */
    List<String> ids() {
        var ids = new ArrayList<String>();
        taken.forEach(each -> ids.add(each.id()));
        return ids;
    }

    /** Nobody listens afterwards, not even whoever waited at the socket when it was closed. */
    @Override
    public void close() {
        try {
            server.close();
            listener.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
