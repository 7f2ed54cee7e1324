package benchmark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * One kept-alive HTTP/1.1 connection, as bare as can be: the clients share two cores with what they measure, and a full HTTP client
 * would cost as much as the server.
 */
final class Connection implements AutoCloseable {
    /** An answer; header names in lower case. */
    record Answer(int status, List<String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Each byte as one character: what is searched for markers and links need not be decoded. */
        String plain() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        String header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final int port;
    private final InetAddress own;
    private final byte[] buffer = new byte[64 * 1024];
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int from;
    private int to;
    /** Whether there was an answer on this socket before, and whether the one that is awaited has begun. */
    private boolean isKept;

    private boolean isAnswered;

    Connection(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** From an address of this machine, such as another one of 127.0.0.0/8. */
    Connection(int port, InetAddress own) throws IOException {
        this.port = port;
        this.own = own;
        open();
    }

    /** The header that the next request will carry; empty without cookies. */
    String cookie() {
        var line = new StringBuilder();
        cookies.forEach((name, value) -> line.append(line.isEmpty() ? "Cookie: " : "; ")
                .append(name)
                .append('=')
                .append(value));
        return line.toString();
    }

    private void open() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port, own, 0);
        if (socket.getLocalPort() == port) {
            socket.close();
            throw new ConnectException("nobody listens, and the socket found itself");
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        from = 0;
        to = 0;
        isKept = false;
    }

    Answer get(String path, String... headers) throws IOException {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) throws IOException {
        return send("POST", path, body, headers);
    }

    Answer put(String path, String body, String... headers) throws IOException {
        return send("PUT", path, body, headers);
    }

    private Answer send(String method, String path, String body, String... headers) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!cookies.isEmpty()) {
            head.append(cookie()).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[start.length + bytes.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(bytes, 0, request, start.length, bytes.length);
        Answer answer;
        isAnswered = false;
        try {
            out.write(request);
            answer = read();
        } catch (SocketTimeoutException e) { // its answer may still come
            socket.close();
            open();
            return new Answer(504, List.of(), new byte[0]);
        } catch (EOFException | SocketException e) {
            if (!isKept || isAnswered) {
                throw e;
            }
            // The server has closed what was idle for long: as a browser does, once more on a new one.
            socket.close();
            open();
            out.write(request);
            answer = read();
        }
        isKept = true;
        if (answer.header("connection").equalsIgnoreCase("close")) {
            socket.close();
            open();
        }
        return answer;
    }

    private Answer read() throws IOException {
        String first = line();
        isAnswered = true;
        int status = Integer.parseInt(first.substring(9, 12));
        var headers = new java.util.ArrayList<String>(16);
        int length = 0;
        boolean isChunked = false;
        boolean isPressed = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                isChunked = lower.contains("chunked");
            } else if (lower.startsWith("content-encoding:")) {
                isPressed = lower.contains("gzip");
            } else if (lower.startsWith("set-cookie:")) {
                String pair = line.substring(11).strip().split(";", 2)[0];
                int equals = pair.indexOf('=');
                if (lower.contains("max-age=0;") || lower.endsWith("max-age=0")) {
                    cookies.remove(pair.substring(0, equals));
                } else {
                    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        var body = new ByteArrayOutputStream(1024);
        if (isChunked) {
            for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
                copy(chunk, body);
                line();
            }
            line();
        } else {
            copy(length, body);
        }
        return new Answer(status, headers, isPressed ? inflated(body.toByteArray()) : body.toByteArray());
    }

    private static byte[] inflated(byte[] pressed) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(pressed), 8 * 1024)) {
            return in.readAllBytes();
        }
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private void copy(int length, ByteArrayOutputStream body) throws IOException {
        for (int left = length; left > 0; ) {
            fill();
            int part = Math.min(left, to - from);
            body.write(buffer, from, part);
            from += part;
            left -= part;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        while (true) {
            fill();
            byte next = buffer[from++];
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) (next & 0xff));
            }
        }
    }

    private void fill() throws IOException {
        if (from == to) {
            from = 0;
            to = in.read(buffer);
            if (to < 0) {
                to = 0;
                throw new EOFException("the server closed the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
