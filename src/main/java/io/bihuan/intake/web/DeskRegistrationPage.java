package io.bihuan.intake.web;

import io.bihuan.intake.Question;
import io.bihuan.pack.Pack;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Set;

/**
 * The form by which an agent registers a complaint.
 *
 * @param pack that of the chosen business line: it asks the questions
 * @param watched the questions and the words for the case on which it depends what is asked
 */
public record DeskRegistrationPage(
        DeskRegistrationForm form,
        Pack pack,
        List<Question> questions,
        Set<String> watched,
        List<Option> businessLines,
        FieldErrors errors) {}
