package io.bihuan.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Renders the JTE templates that the build compiled, as UTF-8 bytes whose constant parts are never copied. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageViews implements ViewResolver {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "bihuanpages");
    private final Shells shells;

    PageViews(Shells shells) {
        this.shells = shells;
        engine.setBinaryStaticContent(true);
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        return name.indexOf(':') < 0 ? new Rendering(name + ".jte") : null;
    }

    private final class Rendering implements View {
        private final String template;

        Rendering(String template) {
            this.template = template;
        }

        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            var parameters = new HashMap<String, Object>();
            if (model != null) {
                parameters.putAll(model);
            }
            parameters.put("shell", shells.of(request, response));
            var output = new Utf8ByteOutput();
            engine.render(template, parameters, output);
            response.setContentType(getContentType());
            // At once: the output has a piece for each text, and each write goes through all that wraps a response.
            byte[] page = output.toByteArray();
            response.setContentLength(page.length);
            response.getOutputStream().write(page);
        }
    }
}
