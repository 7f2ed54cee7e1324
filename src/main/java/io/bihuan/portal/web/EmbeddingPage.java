package io.bihuan.portal.web;

import io.bihuan.portal.FrameOrigins;
import io.bihuan.web.FieldErrors;
import java.util.List;

/** Which sites may show the form, and what they put into their pages. */
public record EmbeddingPage(
        List<FrameOrigins.Allowed> origins, List<Snippet> snippets, String typed, FieldErrors errors) {
    /** What a site puts into a page for one business line in one language. */
    public record Snippet(String id, String name, String href, String html) {}
}
