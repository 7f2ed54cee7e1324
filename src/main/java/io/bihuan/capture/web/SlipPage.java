package io.bihuan.capture.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** The form for slips, one after the other. */
public record SlipPage(SlipForm form, List<Option> outlets, FieldErrors errors) {}
