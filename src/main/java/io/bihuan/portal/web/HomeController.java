package io.bihuan.portal.web;

import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: what a customer can do here, how it goes on and what is promised. */
@Controller
class HomeController {
    private final BusinessLines lines;
    private final Promises promises;

    HomeController(BusinessLines lines, Promises promises) {
        this.lines = lines;
        this.promises = promises;
    }

    @GetMapping("/")
    Page show(@RequestParam(defaultValue = "") String line, Texts t) {
        String chosen = lines.chosen(line).orElseGet(lines::first);
        Pack pack = lines.pack(chosen);
        var texts = pack.texts();
        return Page.of(
                "portal/home",
                new HomePage(
                        chosen,
                        lines.areSeveral() ? lines.options(t) : List.of(),
                        texts.hotline().number(),
                        words(texts.hotline().hours(), t),
                        passages(texts.ways(), t),
                        passages(texts.steps(), t),
                        texts.promises().stream().map(label -> words(label, t)).toList(),
                        promises.of(pack, t).stream()
                                .map(each -> new HomePage.Promised(each.severity(), each.tone(), each.words()))
                                .toList(),
                        ExternalBody.all(pack, t)));
    }

    private static List<HomePage.Passage> passages(List<io.bihuan.pack.Texts.Passage> passages, Texts t) {
        return passages.stream()
                .map(each -> new HomePage.Passage(words(each.title(), t), words(each.text(), t)))
                .toList();
    }

    private static String words(Label label, Texts t) {
        return label.in(t.locale());
    }
}
