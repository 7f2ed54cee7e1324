package io.bihuan.mail;

import org.jspecify.annotations.Nullable;

/**
 * A file that came with a mail.
 *
 * @param number counted from 1 in the order in which the mail is read
 * @param declaredType what the mail says it is
 * @param contentId by which its HTML names it
 * @param isInline whether its place is in the text
 * @param kept where it is now
 */
public record MailPart(
        int number,
        String name,
        String declaredType,
        @Nullable String contentId,
        boolean isInline,
        PartStore.Kept kept) {}
