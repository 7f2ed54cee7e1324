package io.bihuan.complaint.web;

import io.bihuan.complaint.ProductAnswers;
import java.util.List;

/** What a recorded reason shows on an open page: the customer and the answers as they are. */
public record RevealedPage(CustomerCard customer, List<ProductAnswers.Line> answers) {}
