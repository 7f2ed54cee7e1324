package io.bihuan.routing.web;

import io.bihuan.routing.HandOvers.Planned;
import java.util.List;

/** The absences that the reader may prepare. */
public record HandOversPage(List<Planned> planned) {}
