package io.bihuan.portal.web;

import io.bihuan.pack.Pack;
import io.bihuan.web.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who else helps a customer. */
public record ExternalBody(
        String name,
        String text,
        @Nullable String phone,
        @Nullable String url) {
    static List<ExternalBody> all(Pack pack, Texts t) {
        return pack.texts().bodies().stream()
                .map(body -> new ExternalBody(
                        body.name().in(t.locale()), body.text().in(t.locale()), body.phone(), body.url()))
                .toList();
    }
}
