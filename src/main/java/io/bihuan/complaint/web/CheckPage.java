package io.bihuan.complaint.web;

import io.bihuan.complaint.DailyCheck;
import java.util.List;

/** The last runs of the nightly check. */
public record CheckPage(List<DailyCheck.Run> runs) {}
