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
        return packs.businessLines().size() == 1
                ? Optional.of(first())
                : Optional.empty();
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

    /** Named by their packs; two lines of one pack by their own ids too. */
    List<Option> options(Texts t) {
        return packs.businessLines().stream()
                .map(line -> new Option(line, name(line, t)))
                .toList();
    }

    private String name(String line, Texts t) {
        Pack pack = packs.of(line);
        String name = pack.name().in(t.locale());
        boolean isShared = packs.businessLines().stream()
                        .filter(other -> packs.of(other).id().equals(pack.id()))
                        .count()
                > 1;
        return isShared ? t.of("portal.line.named", name, line) : name;
    }
}
