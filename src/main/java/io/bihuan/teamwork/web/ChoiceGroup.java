package io.bihuan.teamwork.web;

import io.bihuan.web.Option;
import java.util.List;

/** Choices under a heading. */
public record ChoiceGroup(String label, List<Option> options) {}
