package io.bihuan.portal.web;

import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The business lines as a customer chooses between them. */
@Component
class BusinessLines {
    private final Packs packs;

    BusinessLines(Packs packs) {
        this.packs = packs;
    }

    /** The one that was asked for, or the only one there is. */
    Optional<String> chosen(String asked) {
        if (packs.businessLines().contains(asked)) {
            return Optional.of(asked);
        }
        return packs.businessLines().size() == 1 ? Optional.of(first()) : Optional.empty();
    }

    String first() {
        return packs.businessLines().iterator().next();
    }

    boolean areSeveral() {
        return packs.businessLines().size() > 1;
    }

    Pack pack(String line) {
        return packs.of(line);
    }

    String name(String line, Texts t) {
        return packs.line(line).name().in(t.locale());
    }

    List<Option> options(Texts t) {
        return packs.businessLines().stream()
                .map(line -> new Option(line, name(line, t)))
                .toList();
    }
}
