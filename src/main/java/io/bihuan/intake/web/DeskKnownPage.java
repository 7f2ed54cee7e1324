package io.bihuan.intake.web;

import io.bihuan.complaint.Worklist;
import java.util.List;

/**
 * What is known of whoever calls from a phone number.
 *
 * @param isNumber whether what was typed is a phone number at all
 */
public record DeskKnownPage(boolean isNumber, List<Worklist.Row> open, int archived) {}
