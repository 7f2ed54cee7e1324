package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import java.util.List;

/** A complaint as its page shows it: the state, its newest events first, and its clocks. */
public record Dossier(Complaint complaint, List<HistoryEvent> events, List<Clock> clocks) {}
