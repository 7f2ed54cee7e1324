package io.bihuan.mail;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that speaks as a test tells it, also wrongly. */
final class ScriptedServer implements Closeable {
    /** One connection. */
    interface Script {
        void serve(Line line) throws IOException;
    }

    /** What a script reads and writes. */
    static final class Line {
        private final Socket socket;
        private final BufferedReader in;
        private final OutputStream out;
        private final List<String> heard;

        private Line(Socket socket, List<String> heard) throws IOException {
            this.socket = socket;
            this.heard = heard;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        /** The next line; null at the end. */
        String read() throws IOException {
            String line = in.readLine();
            if (line != null) {
                heard.add(line);
            }
            return line;
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void drop() throws IOException {
            socket.close();
        }
    }

    private final ServerSocket server;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            script.serve(new Line(socket, heard));
                        } catch (IOException e) {
                            // The client went away.
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** Every line that clients said. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
