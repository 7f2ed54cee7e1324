package io.bihuan.mail;

import org.springframework.util.unit.DataSize;

/**
 * What a mail may ask of a node that reads it. A mail beyond a limit is kept and waits for a person.
 *
 * @param largest the mail as it came
 * @param decoded all its parts together, decoded
 * @param depth of parts within parts
 * @param headers size of all header fields of one part
 * @param recipients in To and Cc together
 */
public record MailLimits(DataSize largest, DataSize decoded, int depth, int parts, DataSize headers, int recipients) {
    public static final MailLimits USUAL = new MailLimits(
            DataSize.ofMegabytes(35), DataSize.ofMegabytes(100), 30, 1_000, DataSize.ofKilobytes(512), 500);

    public MailLimits withLargest(DataSize size) {
        return new MailLimits(size, decoded, depth, parts, headers, recipients);
    }
}
