package io.bihuan.intake.web;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Question;
import io.bihuan.pack.Pack;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form by which an agent registers a complaint.
 *
 * @param pack that of the chosen business line: it asks the questions
 * @param message null when it is registered from nothing that waits
 * @param watched the questions and the words for the case on which it depends what is asked
 */
public record DeskRegistrationPage(
        DeskRegistrationForm form,
        Pack pack,
        List<Question> questions,
        Set<String> watched,
        List<Option> businessLines,
        @Nullable FromMessage message,
        FieldErrors errors) {
    /**
     * The message that it is registered from.
     *
     * @param back the page of the message
     * @param files how many files come with it
     */
    public record FromMessage(Channel channel, Instant receivedAt, String back, int files) {}
}
