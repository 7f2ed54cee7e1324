package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.platform.files.StoredFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel received, as it was received: either a few bytes or, when it may be large, a stored file.
 *
 * @param source who reads it and which account it came to, as {@code reader:account}
 * @param sourceId its identity at the source: the same message received again has the same one
 * @param conversation messages of one conversation are read one after the other; null when it stands alone
 * @param businessLine null for the one of its channel
 */
public record Received(
        Channel channel,
        String source,
        String sourceId,
        @Nullable String conversation,
        @Nullable String businessLine,
        Instant receivedAt,
        String mediaType,
        byte @Nullable [] content,
        @Nullable StoredFile file) {
    /** Bytes; what may be more comes as a file. */
    public static final int LARGEST_CONTENT = 256 * 1024;

    public static final int LONGEST_ID = 400;

    public Received {
        if ((content == null) == (file == null)) {
            throw new IllegalArgumentException("either bytes or a file");
        }
        if (content != null && content.length > LARGEST_CONTENT) {
            throw new IllegalArgumentException("so much content is a file: " + content.length);
        }
        if (sourceId.isBlank() || sourceId.length() > LONGEST_ID || source.length() > LONGEST_ID) {
            throw new IllegalArgumentException("a source and an identity of at most " + LONGEST_ID + " characters");
        }
    }

    public static Received of(
            Channel channel, String source, String sourceId, Instant receivedAt, String mediaType, byte[] content) {
        return new Received(channel, source, sourceId, null, null, receivedAt, mediaType, content, null);
    }

    /** What was stored as a file before. */
    public static Received inFile(
            Channel channel, String source, String sourceId, Instant receivedAt, String mediaType, StoredFile file) {
        return new Received(channel, source, sourceId, null, null, receivedAt, mediaType, null, file);
    }

    public Received withConversation(@Nullable String value) {
        return new Received(channel, source, sourceId, value, businessLine, receivedAt, mediaType, content, file);
    }

    public Received withBusinessLine(@Nullable String value) {
        return new Received(channel, source, sourceId, conversation, value, receivedAt, mediaType, content, file);
    }
}
