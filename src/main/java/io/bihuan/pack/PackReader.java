package io.bihuan.pack;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Reads one folder into a pack, or says everything that is wrong with it. */
final class PackReader {
    static final String IDENTITY = "pack.yaml";
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_EVENTS = 100_000;
    private static final int DEEPEST = 30;

    private final PackFolder folder;
    private final Map<String, PackPart<?>> parts = new LinkedHashMap<>();
    private final PackReading reading = new PackReading();
    private boolean unreadable;

    PackReader(PackFolder folder, List<PackPart<?>> parts) {
        this.folder = folder;
        for (var part : parts) {
            if (this.parts.put(part.name(), part) != null) {
                throw new IllegalStateException("Two modules claim the pack part " + part.name());
            }
            reading.vocabulary(part.vocabulary());
        }
    }

    /** The pack, or empty when something was added to the problems. */
    Optional<Pack> read(List<PackProblem> problems) {
        var identity = open(IDENTITY);
        if (identity == null) {
            problems.addAll(reading.problems());
            return Optional.empty();
        }
        var id = identity.text("id");
        if (!id.isEmpty() && !id.equals(folder.name())) {
            identity.problem("id", "must be the folder's name `" + folder.name() + "`, not `" + id + "`");
        }
        var version = identity.number("version", 1, 1_000_000);
        var name = identity.label("name");
        var values = read(identity);
        identity.reportUnknownKeys();
        if (!unreadable) {
            reading.resolve();
        }
        problems.addAll(reading.problems());
        return reading.count() == 0
                ? Optional.of(new Pack(id, version, name, folder.hash(), values))
                : Optional.empty();
    }

    private Map<Class<?>, Object> read(PackNode identity) {
        var values = new HashMap<Class<?>, Object>();
        var seen = new LinkedHashMap<String, Position>();
        var listed = new HashSet<String>();
        for (var item : identity.child("files").children()) {
            var file = item.text();
            if (file.isEmpty()) {
                continue;
            }
            if (!listed.add(file) || file.equals(IDENTITY)) {
                item.problem("`" + file + "` is listed twice: keep one");
            } else if (!folder.files().containsKey(file)) {
                unreadable = true;
                item.problem("file `" + file + "` does not exist"
                        + PackReading.suggestion(file, folder.files().keySet()));
            } else {
                read(file, values, seen);
            }
        }
        for (var file : folder.files().keySet()) {
            if (!file.equals(IDENTITY) && !listed.contains(file)) {
                identity.problem("files", "`" + file + "` is in the folder but not listed: list or remove it");
            }
        }
        for (var part : parts.values()) {
            if (!unreadable && part.required() && !seen.containsKey(part.name())) {
                identity.problem(
                        "files", "no file has the part `" + part.name() + "`: add one with this top-level key");
            }
        }
        return values;
    }

    private void read(String file, Map<Class<?>, Object> values, Map<String, Position> seen) {
        var root = open(file);
        if (root == null) {
            // what the file defines is unknown: that it is missing elsewhere would be noise
            unreadable = true;
            return;
        }
        for (var name : parts.keySet()) {
            root.optionalChild(name).ifPresent(node -> {
                var first = seen.putIfAbsent(name, node.position());
                if (first == null) {
                    values.put(parts.get(name).type(), read(parts.get(name), node));
                } else {
                    node.problem("the part `" + name + "` exists already at " + first + ": keep one");
                }
            });
        }
        root.reportUnknownKeys();
    }

    private Object read(PackPart<?> part, PackNode node) {
        var before = reading.count();
        try {
            return part.read(node);
        } catch (RuntimeException stumbled) {
            // a reader may stumble over the stand-in of an error that is noted already, then that error says enough
            if (reading.count() == before) {
                throw stumbled;
            }
            return part;
        }
    }

    /** The content of a file whose YAML is sound: one document, UTF-8, of bounded size, without anchors, aliases and tags. */
    private @Nullable PackNode open(String file) {
        var path = folder.path(file);
        var start = new Position(path, 1, 1);
        var bytes = folder.files().get(file);
        if (bytes == null) {
            reading.problem(start, "does not exist: a pack needs it");
            return null;
        }
        if (bytes.length > LARGEST_FILE) {
            reading.problem(start, "is larger than " + LARGEST_FILE + " bytes: split or shorten it");
            return null;
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
            if (!isSound(path, text)) {
                return null;
            }
            var node = yaml().compose(new StringReader(text));
            if (node == null) {
                reading.problem(start, "is empty");
                return null;
            }
            return PackNode.of(reading, path, node);
        } catch (CharacterCodingException wrong) {
            reading.problem(start, "is not UTF-8: save it as UTF-8");
        } catch (MarkedYAMLException wrong) {
            var problem = wrong.getProblem() == null ? wrong.getContext() : wrong.getProblem();
            reading.problem(PackNode.at(path, wrong.getProblemMark()), "is no YAML here: " + problem);
        } catch (YAMLException wrong) {
            reading.problem(start, "is no YAML: " + wrong.getMessage());
        }
        return null;
    }

    private boolean isSound(String path, String text) {
        var found = new ArrayList<PackProblem>();
        var count = 0;
        var depth = 0;
        var documents = 0;
        for (var event : yaml().parse(new StringReader(text))) {
            var place = PackNode.at(path, event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                found.add(new PackProblem(place, "a file holds one document: remove the ---"));
            }
            var forbidden = forbidden(event);
            if (forbidden != null) {
                found.add(new PackProblem(place, forbidden));
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                found.add(new PackProblem(place, "is nested deeper than " + DEEPEST + " levels"));
                break;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (++count > MOST_EVENTS) {
                found.add(new PackProblem(place, "the file has more than " + MOST_EVENTS + " values: shorten it"));
                break;
            }
        }
        found.forEach(problem -> reading.problem(problem.position(), problem.message()));
        return found.isEmpty();
    }

    private static @Nullable String forbidden(Event event) {
        if (event instanceof AliasEvent) {
            return "aliases (*) are not allowed: write it out";
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            return "anchors (&) are not allowed: write it out";
        }
        var tagged = (event instanceof ScalarEvent scalar && scalar.getTag() != null)
                || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
        return tagged ? "tags (!) are not allowed: remove it" : null;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST + 1);
        return new Yaml(new SafeConstructor(options));
    }
}
