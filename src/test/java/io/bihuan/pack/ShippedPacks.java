package io.bihuan.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shipped packs for tests without Spring. */
public final class ShippedPacks {
    /** The parts that other modules understand. */
    static final List<String> OTHERS = List.of(
            "rules",
            "routing",
            "clocks",
            "calendars",
            "escalations",
            "playbooks",
            "standards",
            "compensation",
            "approvals",
            "letters",
            "targets",
            "retention",
            "reopening",
            "statutes");

    private ShippedPacks() {}

    /** The packs of these lines with the given parts of other modules; parts that are not given are passed over. */
    public static Packs load(Map<String, String> businessLines, PackPart<?>... parts) {
        var folders = PackFolder.shipped(ShippedPacks.class.getClassLoader()).stream()
                .filter(folder -> businessLines.containsValue(folder.name()))
                .toList();
        return Packs.load(folders, parts(parts), businessLines);
    }

    /** All parts, those that are not given passed over. */
    public static List<PackPart<?>> parts(PackPart<?>... parts) {
        var known = new ArrayList<>(Packs.ownParts());
        known.addAll(List.of(parts));
        for (var name : OTHERS) {
            if (known.stream().noneMatch(part -> part.name().equals(name))) {
                known.add(passedOver(name));
            }
        }
        return known;
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
