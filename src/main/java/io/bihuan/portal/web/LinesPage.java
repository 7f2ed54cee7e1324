package io.bihuan.portal.web;

import io.bihuan.web.Option;
import java.util.List;

/** What is the complaint about: the choice of the business line, where there are several. */
public record LinesPage(List<Option> lines) {}
