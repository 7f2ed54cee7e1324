package io.bihuan.wechat;

import io.bihuan.complaint.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message says, once its files are here. */
sealed interface Said {
    /** Text, files, places and links; {@code word} is what a text of one word, or a button, asks for. */
    record Told(
            String text,
            List<Attachment> attachments,
            @Nullable Word word) implements Said {}

    /** Something that cannot be kept. */
    record Unusable(String reasonKey) implements Said {}

    record Subscribed() implements Said {}

    record Unsubscribed() implements Said {}

    /** The phone number behind the OpenID is known now. */
    record Bound() implements Said {}

    /** Nobody said anything since the conversation had this version. */
    record Silence(int version) implements Said {}

    /** Nothing that anybody has to answer. */
    record Aside(String note) implements Said {}

    /** Words and buttons with a meaning. */
    enum Word {
        COMPLAIN,
        ANOTHER,
        MINE,
        BIND,
        HELP,
        HELLO,
        DONE,
        SUBMIT,
        CANCEL,
        SKIP,
        /** Somebody to talk with. */
        PERSON,
        /** The talk with a person is over. */
        END
    }
}
