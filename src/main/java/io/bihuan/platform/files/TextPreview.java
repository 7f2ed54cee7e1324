package io.bihuan.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The beginning of a text file as plain text, to be shown as such: whatever it holds, it is never sent as what it claims to be. */
@Component
public class TextPreview {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final Set<String> TEXTS = Set.of("application/json", "application/xml");

    private final Files files;

    TextPreview(Files files) {
        this.files = files;
    }

    /** The beginning of a text. */
    public record Beginning(String text, boolean isCut) {}

    /** Empty for what is no text. */
    public Optional<Beginning> of(StoredFile file) {
        boolean isText = file.mediaType().startsWith("text/") || TEXTS.contains(file.mediaType());
        if (!isText || file.isInfected()) {
            return Optional.empty();
        }
        try (InputStream content = files.open(file.hash())) {
            byte[] bytes = content.readNBytes(MOST_BYTES);
            return read(bytes, file.size() > bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Beginning> read(byte[] bytes, boolean isCut) {
        return decoded(bytes, isCut)
                .map(text -> new Beginning(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\n\t]]", ""), isCut));
    }

    private static Optional<String> decoded(byte[] bytes, boolean isCut) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(decode(Arrays.copyOfRange(bytes, 3, bytes.length), StandardCharsets.UTF_8));
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return Optional.of(decode(Arrays.copyOfRange(bytes, 2, bytes.length), StandardCharsets.UTF_16LE));
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return Optional.of(decode(Arrays.copyOfRange(bytes, 2, bytes.length), StandardCharsets.UTF_16BE));
        }
        for (byte each : bytes) {
            if (each == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(strict(bytes, isCut).orElseGet(() -> decode(bytes, CHINESE)));
    }

    /** As UTF-8, if it is; a character may be cut off at the end of a beginning. */
    private static Optional<String> strict(byte[] bytes, boolean isCut) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var text = CharBuffer.allocate(bytes.length + 1);
        try {
            var result = decoder.decode(ByteBuffer.wrap(bytes), text, !isCut);
            if (result.isError()) {
                result.throwException();
            }
            return Optional.of(text.flip().toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes, Charset charset) {
        return new String(bytes, charset);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
