package io.bihuan.pack;

import io.bihuan.web.Phrase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one folder into a pack, or says everything that is wrong with it. */
final class PackReader {
    static final String IDENTITY = "pack.yaml";
    static final int MOST_FILES = 200;
    static final int MOST_BYTES = 5 << 20;
    private static final int LONGEST_EDITION = 64;
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\.yaml");

    private final PackFolder folder;
    private final int version;
    private final PackParser parser;
    private final Map<String, PackPart<?>> parts = new LinkedHashMap<>();
    private final PackReading reading = new PackReading();
    private int events;
    private boolean unreadable;
    private Map<String, Written> whole = Map.of();

    /** What {@code pack.yaml} says, and the parts of the files it lists. */
    private record Opened(PackNode identity, Map<String, Written> parts, Set<String> listed) {}

    PackReader(PackFolder folder, int version, Collection<PackPart<?>> parts, PackParser parser) {
        this.folder = folder;
        this.version = version;
        this.parser = parser;
        for (var part : parts) {
            if (this.parts.put(part.name(), part) != null) {
                throw new IllegalStateException("Two modules claim the pack part " + part.name());
            }
            reading.vocabulary(part.vocabulary());
        }
    }

    /** The pack, or empty when something was added to the problems; an abstract one is never run. */
    Optional<Pack> read(Collection<PackProblem> problems) {
        var pack = isBounded() ? read() : null;
        problems.addAll(reading.problems());
        return Optional.ofNullable(reading.count() == 0 ? pack : null);
    }

    private @Nullable Pack read() {
        var own = source("", folder.name());
        if (own == null) {
            return null;
        }
        var identity = own.identity();
        var isAbstract = identity.flag("abstract");
        reading.lenient(isAbstract);
        var edition = edition(identity);
        var name = identity.label("name");
        var from = identity.optionalDate("effectiveFrom");
        var to = identity.optionalDate("effectiveTo");
        if (from != null && to != null && to.isBefore(from)) {
            identity.problemAt("effectiveTo", "pack.problem.endsFirst");
        }
        var stated = merged(own, isAbstract);
        whole = stated;
        strangers(own);
        // a part that should be completed by what cannot be read would seem to lack much
        var values = unreadable && identity.has("extends") ? Map.<Class<?>, Object>of() : values(stated);
        if (!isAbstract && !unreadable) {
            missing(identity, stated.keySet());
        }
        identity.reportUnknownKeys();
        if (!unreadable && !isAbstract) {
            reading.resolve();
        }
        return reading.count() == 0
                ? new Pack(folder.name(), version, edition, name, from, to, folder.hash(), isAbstract, values)
                : null;
    }

    private static String edition(PackNode identity) {
        var edition = identity.text("edition");
        if (edition.length() > LONGEST_EDITION) {
            identity.problemAt("edition", "pack.problem.tooLong", LONGEST_EDITION);
        }
        return edition;
    }

    // ---- for tests that change what is written ----

    void tell(PackReading.Listener listener) {
        reading.tell(listener);
    }

    /** The parts as they were read, with what is extended. */
    Map<String, Written> whole() {
        return whole;
    }

    /** What is wrong with these parts of a pack. */
    List<PackProblem> check(Map<String, Written> stated) {
        values(stated);
        reading.resolve();
        return reading.problems();
    }

    // ---- files ----

    /** Whether the folder is of a size that may be opened at all. */
    private boolean isBounded() {
        var start = new Position(folder.path(IDENTITY), 1, 1);
        var bytes =
                folder.files().values().stream().mapToLong(each -> each.length).sum();
        if (folder.files().size() > MOST_FILES) {
            reading.problem(start, Phrase.of("pack.problem.tooManyFiles", MOST_FILES));
        }
        if (bytes > MOST_BYTES) {
            reading.problem(start, Phrase.of("pack.problem.filesTooLarge", MOST_BYTES));
        }
        for (var file : folder.files().keySet()) {
            var name = file.startsWith(PackFolder.BASE) ? file.substring(PackFolder.BASE.length()) : file;
            if (!FILE.matcher(name).matches()) {
                reading.problem(
                        start,
                        Phrase.of("pack.problem.fileName", PackNode.shortened(file.replaceAll("\\p{Cntrl}", "?"))));
            }
        }
        return reading.count() == 0;
    }

    /** The files of the pack itself or, behind the prefix, of what it extends. */
    private @Nullable Opened source(String prefix, String id) {
        var root = open(prefix + IDENTITY, id);
        if (root == null) {
            unreadable = true;
            return null;
        }
        var identity = PackNode.of(reading, root);
        var written = identity.text("id");
        if (!written.isEmpty() && !written.equals(id)) {
            identity.problemAt("id", "pack.problem.otherId", id, PackNode.shortened(written));
        }
        var found = new HashMap<String, Written>();
        var seen = new HashMap<String, Position>();
        var listed = new LinkedHashSet<String>();
        for (var item : identity.child("files").children()) {
            var file = item.text();
            if (file.isEmpty()) {
                continue;
            }
            if (!FILE.matcher(file).matches()) {
                unreadable = true;
                item.problem("pack.problem.noFileName", PackNode.shortened(file));
            } else if (!listed.add(prefix + file) || file.equals(IDENTITY)) {
                item.problem("pack.problem.listedTwice", file);
            } else if (!folder.files().containsKey(prefix + file)) {
                unreadable = true;
                item.problem("pack.problem.unknownFile", file, PackReading.suggestion(file, names(prefix)));
            } else {
                parts(prefix + file, id, found, seen);
            }
        }
        return new Opened(identity, found, listed);
    }

    private Set<String> names(String prefix) {
        var names = new TreeSet<String>();
        for (var file : folder.files().keySet()) {
            if (file.startsWith(prefix) && file.indexOf('/', prefix.length()) < 0) {
                names.add(file.substring(prefix.length()));
            }
        }
        return names;
    }

    private void parts(String file, String id, Map<String, Written> found, Map<String, Position> seen) {
        var written = open(file, id);
        if (written == null) {
            // what the file defines is unknown: that it is missing elsewhere would be noise
            unreadable = true;
            return;
        }
        var root = PackNode.of(reading, written);
        for (var name : parts.keySet()) {
            root.optionalChild(name).ifPresent(node -> {
                var first = seen.putIfAbsent(name, node.position());
                if (first == null) {
                    node.written().ifPresent(part -> found.put(name, part));
                } else {
                    node.problem("pack.problem.partTwice", name, first);
                }
            });
        }
        root.reportUnknownKeys();
    }

    private @Nullable Written open(String file, String id) {
        var path = folder.path(file, id);
        var bytes = folder.files().get(file);
        if (bytes == null) {
            reading.problem(new Position(path, 1, 1), Phrase.of("pack.problem.fileMissing"));
            return null;
        }
        var parsed = parser.parse(path, bytes);
        parsed.problems().forEach(problem -> reading.problem(problem.position(), problem.message()));
        events += parsed.events();
        if (events > PackParser.MOST_EVENTS && parsed.root() != null) {
            reading.problem(
                    new Position(path, 1, 1), Phrase.of("pack.problem.tooManyValuesInPack", PackParser.MOST_EVENTS));
            return null;
        }
        return parsed.root();
    }

    /** Files that nobody listed. */
    private void strangers(Opened own) {
        for (var file : folder.files().keySet()) {
            var isOfBase = file.startsWith(PackFolder.BASE) && own.identity().has("extends");
            if (!isOfBase && !file.equals(IDENTITY) && !own.listed().contains(file)) {
                own.identity().problemAt("files", "pack.problem.notListed", file);
            }
        }
    }

    // ---- what is extended ----

    private Map<String, Written> merged(Opened own, boolean isAbstract) {
        var identity = own.identity();
        var extended = identity.optionalText("extends");
        if (extended == null || extended.isEmpty()) {
            if (identity.has("without")) {
                identity.problemAt("without", "pack.problem.withoutExtends");
                identity.fields("without");
            }
            return own.parts();
        }
        if (isAbstract) {
            identity.problemAt("extends", "pack.problem.abstractExtends");
            return own.parts();
        }
        if (!folder.files().containsKey(PackFolder.BASE + IDENTITY)) {
            unreadable = true;
            identity.problemAt("extends", "pack.problem.noBase", PackNode.shortened(extended));
            return own.parts();
        }
        var base = source(PackFolder.BASE, extended);
        if (base == null) {
            return own.parts();
        }
        if (!base.identity().flag("abstract")) {
            identity.problemAt("extends", "pack.problem.notAbstract", extended);
        }
        if (base.identity().has("extends")) {
            base.identity().problemAt("extends", "pack.problem.abstractExtends");
        }
        return PackMerge.merge(own.parts(), without(identity, base.parts()));
    }

    private Map<String, Written> without(PackNode identity, Map<String, Written> base) {
        var left = new HashMap<>(base);
        var dropping = identity.optionalChild("without");
        if (dropping.isEmpty()) {
            return left;
        }
        for (var name : dropping.get().keys()) {
            var part = base.get(name.text());
            if (part == null) {
                name.problem(
                        "pack.problem.noPartToDrop",
                        PackNode.shortened(name.text()),
                        PackReading.suggestion(name.text(), base.keySet()));
                continue;
            }
            var known = PackMerge.identities(part);
            var dropped = new LinkedHashSet<String>();
            for (var item : dropping.get().children(name.text())) {
                var code = item.text();
                if (!code.isEmpty() && !known.contains(code)) {
                    item.problem(
                            "pack.problem.nothingToDrop",
                            PackNode.shortened(code),
                            name.text(),
                            PackReading.suggestion(code, known));
                } else if (!dropped.add(code) && !code.isEmpty()) {
                    item.problem("pack.problem.writtenTwice", code);
                }
            }
            left.put(name.text(), PackMerge.without(part, dropped));
        }
        return left;
    }

    // ---- parts ----

    private Map<Class<?>, Object> values(Map<String, Written> stated) {
        var values = new HashMap<Class<?>, Object>();
        for (var part : parts.values()) {
            var written = stated.get(part.name());
            if (written != null) {
                var node = PackNode.of(reading, written, part.name());
                read(part, node).ifPresent(value -> values.put(part.type(), value));
                node.reportUnknownKeys();
            }
        }
        return values;
    }

    private Optional<Object> read(PackPart<?> part, PackNode node) {
        var before = reading.count();
        try {
            return Optional.of(part.read(node));
        } catch (RuntimeException stumbled) {
            // a reader may stumble over the stand-in of an error that is noted already, then that error says enough
            if (reading.count() == before && !reading.isLenient()) {
                throw stumbled;
            }
            return Optional.empty();
        }
    }

    private void missing(PackNode identity, Set<String> stated) {
        var missing = new ArrayList<String>();
        for (var part : parts.values()) {
            if (part.required() && !stated.contains(part.name())) {
                missing.add(part.name());
            }
        }
        missing.forEach(name -> identity.problemAt("files", "pack.problem.partMissing", name));
    }
}
