package io.bihuan.intake.web;

import io.bihuan.pack.Pack;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/**
 * The form by which an agent registers a complaint.
 *
 * @param pack that of the chosen business line: it asks the questions
 */
public record DeskRegistrationPage(
        DeskRegistrationForm form, Pack pack, List<Option> businessLines, FieldErrors errors) {}
