package io.bihuan.capture.web;

import io.bihuan.capture.Outlet;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** The places, and the form for one. */
public record OutletsPage(
        List<Outlet> outlets, OutletForm form, List<Option> channels, List<Option> businessLines, FieldErrors errors) {}
