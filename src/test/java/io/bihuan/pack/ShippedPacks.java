package io.bihuan.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shipped packs for tests without Spring. */
public final class ShippedPacks {
    private ShippedPacks() {}

    /** With the given parts of other modules; parts that are not given are passed over. */
    public static Packs load(Map<String, String> businessLines, PackPart<?>... parts) {
        var known = new ArrayList<>(Packs.ownParts());
        known.addAll(List.of(parts));
        for (var name : List.of(
                "rules",
                "clocks",
                "escalations",
                "playbooks",
                "standards",
                "compensation",
                "letters",
                "targets",
                "retention")) {
            if (known.stream().noneMatch(part -> part.name().equals(name))) {
                known.add(passedOver(name));
            }
        }
        return Packs.load(PackFolder.shipped(ShippedPacks.class.getClassLoader()), known, businessLines);
    }

    static PackPart<?> passedOver(String name) {
        record PassedOver(String name) {}
        return new PackPart<PassedOver>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Class<PassedOver> type() {
                return PassedOver.class;
            }

            @Override
            public PassedOver read(PackNode node) {
                return new PassedOver(name);
            }

            @Override
            public boolean required() {
                return false;
            }
        };
    }
}
