package io.bihuan.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a ClamAV daemon by its INSTREAM command: the content goes in pieces, each after its length in four bytes, and an empty one ends
 * it. Every connection ends in time, whatever the other side does.
 */
final class Clamd {
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_REPLY = 4096;
    private static final int LONGEST_THREAT = 200;
    private static final String FOUND = " FOUND";

    private final ScannerSettings settings;

    Clamd(ScannerSettings settings) {
        this.settings = settings;
    }

    /** What it says of this content. Throws only when the content cannot be read. */
    Verdict scan(InputStream content, long size) throws IOException {
        if (size > settings.largest().toBytes()) {
            return new Verdict.Failed(ScanFailure.TOO_LARGE);
        }
        SocketAddress address = settings.socket();
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            return new Verdict.Failed(ScanFailure.UNREACHABLE);
        }
        var isOver = new AtomicBoolean();
        try (SocketChannel channel = address instanceof InetSocketAddress
                ? SocketChannel.open()
                : SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Thread watchdog = watch(channel, settings.timeout(), isOver);
            try {
                return ask(channel, address, content);
            } catch (Unanswered e) {
                return new Verdict.Failed(isOver.get() ? ScanFailure.TIMEOUT : ScanFailure.UNREACHABLE);
            } finally {
                watchdog.interrupt();
            }
        }
    }

    /** The connection broke; unlike a failure to read the content, it is the other side's. */
    private static final class Unanswered extends Exception {
        Unanswered(IOException cause) {
            super(cause);
        }
    }

    /** A channel knows no time limit of its own: closing it ends whatever hangs on it. */
    private static Thread watch(SocketChannel channel, Duration timeout, AtomicBoolean isOver) {
        return Thread.ofVirtual().name("scanner-watchdog").start(() -> {
            try {
                Thread.sleep(timeout);
                isOver.set(true);
                channel.close();
            } catch (InterruptedException | IOException e) {
                // The answer was there in time, or the channel is closed already.
            }
        });
    }

    private static Verdict ask(SocketChannel channel, SocketAddress address, InputStream content)
            throws IOException, Unanswered {
        try {
            channel.connect(address);
            write(channel, ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new Unanswered(e);
        }
        byte[] piece = new byte[Integer.BYTES + PIECE];
        int length;
        do {
            length = content.readNBytes(piece, Integer.BYTES, PIECE);
            ByteBuffer.wrap(piece).putInt(length);
            try {
                write(channel, ByteBuffer.wrap(piece, 0, Integer.BYTES + length));
            } catch (IOException e) {
                // It may have said why before it hung up: the content is longer than it takes.
                return early(channel, e);
            }
        } while (length > 0);
        try {
            return verdict(reply(channel));
        } catch (IOException e) {
            throw new Unanswered(e);
        }
    }

    private static Verdict early(SocketChannel channel, IOException broken) throws Unanswered {
        try {
            return verdict(reply(channel));
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw new Unanswered(broken);
        }
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Up to the NUL that ends an answer, or the end. */
    private static String reply(SocketChannel channel) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_REPLY);
        while (answer.hasRemaining() && channel.read(answer) >= 0) {
            int last = answer.position() - 1;
            if (last >= 0 && answer.get(last) == 0) {
                break;
            }
        }
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        if (line.isEmpty()) {
            throw new IOException("closed without an answer");
        }
        return line;
    }

    static Verdict verdict(String line) {
        if (line.equals("stream: OK")) {
            return new Verdict.Clean();
        }
        if (line.startsWith("stream: ") && line.endsWith(FOUND)) {
            String threat = line.substring("stream: ".length(), line.length() - FOUND.length())
                    .replaceAll("\\p{Cntrl}", "");
            return new Verdict.Infected(threat.substring(0, Math.min(LONGEST_THREAT, threat.length())));
        }
        return new Verdict.Failed(line.contains("size limit exceeded") ? ScanFailure.TOO_LARGE : ScanFailure.REFUSED);
    }
}
