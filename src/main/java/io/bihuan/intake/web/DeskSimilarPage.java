package io.bihuan.intake.web;

import io.bihuan.complaint.SimilarComplaints;
import java.util.List;

/** Open complaints that may be about what is being written down. */
public record DeskSimilarPage(List<SimilarComplaints.Similar> similar) {}
