package io.bihuan.webhook.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.webhook.Endpoint;
import java.util.List;

/** All endpoints, and a form for one more. */
public record EndpointsPage(List<Line> endpoints, EndpointForm form, List<Option> lines, FieldErrors errors) {
    /** An endpoint and how many messages wait for it, as far as they are counted. */
    public record Line(Endpoint endpoint, String waiting) {}
}
