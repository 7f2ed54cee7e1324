package io.bihuan.pack;

import io.bihuan.platform.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The industry packs in force and the business lines that run them. */
public final class Packs {
    private static final int FIRST_VERSION = 1;

    private final Map<String, Pack> packs;
    private final Map<String, String> businessLines;

    private Packs(Map<String, Pack> packs, Map<String, String> businessLines) {
        this.packs = Collections.unmodifiableMap(packs);
        this.businessLines = Collections.unmodifiableMap(businessLines);
    }

    /**
     * Reads and checks all folders; {@link PackInvalid} with everything that is wrong in any of them.
     *
     * @param businessLines a business line's id and the id of the pack it runs
     */
    public static Packs load(List<PackFolder> folders, List<PackPart<?>> parts, Map<String, String> businessLines) {
        var problems = new LinkedHashSet<PackProblem>();
        var packs = new LinkedHashMap<String, Pack>();
        var parser = new PackParser();
        var known = new ArrayList<String>();
        var skeletons = new ArrayList<String>();
        for (var folder : folders) {
            var pack = new PackReader(folder, FIRST_VERSION, parts, parser).read(problems);
            if (pack.isPresent() && pack.get().isAbstract()) {
                skeletons.add(folder.name());
            } else {
                known.add(folder.name());
                pack.ifPresent(sound -> packs.put(sound.id(), sound));
            }
        }
        businessLines.forEach((line, pack) -> {
            var place = new Position("bihuan.business-lines." + line, 1, 1);
            if (skeletons.contains(pack)) {
                problems.add(new PackProblem(
                        place,
                        "the pack `" + pack + "` is abstract and cannot be run" + PackReading.suggestion(pack, known)));
            } else if (!known.contains(pack)) {
                problems.add(
                        new PackProblem(place, "unknown pack `" + pack + "`" + PackReading.suggestion(pack, known)));
            }
        });
        if (!problems.isEmpty()) {
            throw new PackInvalid(List.copyOf(problems));
        }
        return new Packs(packs, new LinkedHashMap<>(businessLines));
    }

    /**
     * Reads and checks one folder, an abstract one too; {@link PackInvalid} with everything that is wrong in it.
     *
     * @param version the number that the installation gives this content
     */
    public static Pack read(PackFolder folder, int version, List<PackPart<?>> parts) {
        var problems = new ArrayList<PackProblem>();
        return new PackReader(folder, version, parts, new PackParser())
                .read(problems)
                .orElseThrow(() -> new PackInvalid(problems));
    }

    /** The parts that every pack has because the pack module itself understands them. */
    public static List<PackPart<?>> ownParts() {
        return List.of(
                PackPart.of("departments", Departments.class, Departments::read),
                PackPart.of("categories", Categories.class, Categories::read),
                PackPart.of("form", FormFields.class, FormFields::read),
                PackPart.of("remedies", Remedies.class, Remedies::read),
                PackPart.of("texts", Texts.class, Texts::read));
    }

    /** The version in force. */
    public Pack get(String id) {
        var pack = packs.get(id);
        if (pack == null) {
            throw new Refused("pack.refused.unknownPack", id);
        }
        return pack;
    }

    /** The version that a complaint is pinned to; refused when it is not the loaded one. */
    public Pack get(String id, int version) {
        var pack = get(id);
        if (pack.version() != version) {
            throw new Refused("pack.refused.otherVersion", id, version, pack.version());
        }
        return pack;
    }

    /** The pack that a business line runs. */
    public Pack of(String businessLine) {
        var pack = businessLines.get(businessLine);
        if (pack == null) {
            throw new Refused("pack.refused.unknownBusinessLine", businessLine);
        }
        return get(pack);
    }

    /** The ids of the business lines, in the order of the configuration. */
    public Set<String> businessLines() {
        return businessLines.keySet();
    }

    public Collection<Pack> all() {
        return packs.values();
    }
}
