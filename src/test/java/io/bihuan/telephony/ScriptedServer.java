package io.bihuan.telephony;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A telephone system for tests: each connection follows the next script; the last one is followed again and again. */
final class ScriptedServer implements AutoCloseable {
    /** What a connection says and expects. */
    @FunctionalInterface
    interface Script {
        void play(Peer peer) throws IOException;
    }

    /** The other end of a connection. */
    static final class Peer {
        private final Socket socket;
        private final BufferedReader in;
        private final OutputStream out;
        private final List<String> heard;

        private Peer(Socket socket, List<String> heard) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            this.out = socket.getOutputStream();
            this.heard = heard;
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Says it in pieces, with time between them. */
        void sayInPieces(String text, int size) throws IOException {
            for (int at = 0; at < text.length(); at += size) {
                say(text.substring(at, Math.min(text.length(), at + size)));
                sleep(5);
            }
        }

        /** Reads lines up to the first that begins so. */
        String hear(String beginning) throws IOException {
            while (true) {
                String line = in.readLine();
                if (line == null) {
                    throw new IOException("closed while waiting for " + beginning);
                }
                heard.add(line);
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        }

        /** Reads until the other end closes. */
        void listen() throws IOException {
            String line = in.readLine();
            while (line != null) {
                heard.add(line);
                line = in.readLine();
            }
        }

        void drop() throws IOException {
            socket.close();
        }

        private static void sleep(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final ServerSocket server;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script last = peer -> {};

    ScriptedServer(Script... scripts) {
        try {
            this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.scripts.addAll(List.of(scripts));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    List<String> heard() {
        return heard;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Script next = scripts.poll();
                Script script = next == null ? last : next;
                last = script;
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> play(script, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Peer(socket, heard));
        } catch (IOException e) {
            // the other end went, which is for the test to notice
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
