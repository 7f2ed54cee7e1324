package io.bihuan.regulator.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** The form for a case that an authority sent. */
public record NewRegulatorCasePage(
        RegulatorCaseForm form, List<Option> authorities, List<Option> businessLines, FieldErrors errors) {}
