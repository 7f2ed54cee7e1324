package io.bihuan.platform.files;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.util.unit.DataSize;

/** A virus scanner for tests that speaks the INSTREAM protocol, and misbehaves as it is told to. */
final class ScriptedClamd implements AutoCloseable {
    /** How it treats a connection. */
    enum Mood {
        /** Answers as it should: finds what contains the word {@link #THREAT}. */
        WELL,
        REFUSES,
        TALKS_NONSENSE,
        /** Says after the first piece that it is too much, and hangs up. */
        FULL,
        HANGS_UP,
        /** Takes everything and never answers. */
        SILENT,
        /** Does not even read. */
        STUCK
    }

    static final String THREAT = "pretend-virus";

    private final ServerSocket server;
    private final Thread acceptor;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.WELL;

    ScriptedClamd() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    void be(Mood next) {
        mood = next;
    }

    /** The lengths of the contents that came whole. */
    List<Integer> lengths() {
        return lengths;
    }

    ScannerSettings settings(Duration timeout) {
        return new ScannerSettings(true, "127.0.0.1:" + server.getLocalPort(), timeout, DataSize.ofMegabytes(100));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, mood));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Mood now) {
        try {
            if (now == Mood.STUCK) {
                return;
            }
            if (now == Mood.HANGS_UP) {
                socket.close();
                return;
            }
            var in = new DataInputStream(socket.getInputStream());
            String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
            if (!command.equals("zINSTREAM\0")) {
                throw new IOException("not the command: " + command);
            }
            var content = new StringBuilder();
            int total = 0;
            int length = in.readInt();
            while (length > 0) {
                byte[] piece = in.readNBytes(length);
                total += piece.length;
                content.append(new String(piece, StandardCharsets.ISO_8859_1));
                if (now == Mood.FULL) {
                    say(socket, "INSTREAM size limit exceeded. ERROR");
                    socket.close();
                    return;
                }
                length = in.readInt();
            }
            lengths.add(total);
            switch (now) {
                case WELL -> say(socket, content.indexOf(THREAT) >= 0 ? "stream: Pretend.Virus-1 FOUND" : "stream: OK");
                case REFUSES -> say(socket, "stream: Can't allocate memory ERROR");
                case TALKS_NONSENSE -> say(socket, "220 mail.example.com ESMTP");
                case FULL, HANGS_UP, SILENT, STUCK -> {}
            }
        } catch (IOException e) {
            // The other side went away: that is its right.
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\0").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Nobody listens afterwards: the socket is only gone when whoever waits at it has let go, and may take one more caller until then. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }
}
