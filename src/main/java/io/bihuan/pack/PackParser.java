package io.bihuan.pack;

import io.bihuan.pack.Written.Items;
import io.bihuan.pack.Written.Keys;
import io.bihuan.pack.Written.Pair;
import io.bihuan.pack.Written.Scalar;
import io.bihuan.web.Phrase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns the bytes of files into what is written there, in one pass, and refuses what no pack may have: anchors, aliases, tags,
 * several documents, too many values. Content that several packs share is parsed once.
 */
final class PackParser {
    static final int LARGEST_FILE = 1 << 20;
    static final int MOST_EVENTS = 200_000;
    private static final int DEEPEST = 30;
    private static final int MOST_PROBLEMS = 100;

    /**
     * A file as it was understood.
     *
     * @param root null when there are problems
     * @param events how much there is in it
     */
    record File(@Nullable Written root, int events, List<PackProblem> problems) {}

    /** What authors meet most: the words of the library, and the key of the text that says it. */
    private static final Map<String, String> YAML_PROBLEMS = Map.of(
            "mapping values are not allowed here", "pack.problem.yaml.mapping",
            "could not find expected ':'", "pack.problem.yaml.colon",
            "found unexpected end of stream", "pack.problem.yaml.end");

    private final IdentityHashMap<byte[], File> parsed = new IdentityHashMap<>();

    File parse(String path, byte[] bytes) {
        var known = parsed.get(bytes);
        if (known == null) {
            known = new One(path).parse(bytes);
            parsed.put(bytes, known);
        }
        return known;
    }

    /** Nothing more can be said of the file. */
    private static final class Enough extends RuntimeException {
        Enough() {
            super(null, null, false, false);
        }
    }

    private static final class One {
        private final String path;
        private final List<PackProblem> problems = new ArrayList<>();
        private int events;
        private int depth;

        One(String path) {
            this.path = path;
        }

        File parse(byte[] bytes) {
            var root = root(bytes);
            return new File(problems.isEmpty() ? root : null, events, List.copyOf(problems));
        }

        private @Nullable Written root(byte[] bytes) {
            if (bytes.length > LARGEST_FILE) {
                problem(1, 1, Phrase.of("pack.problem.fileTooLarge", LARGEST_FILE));
                return null;
            }
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return isReadable(text) ? root(text.startsWith("\uFEFF") ? text.substring(1) : text) : null;
            } catch (CharacterCodingException wrong) {
                problem(1, 1, Phrase.of("pack.problem.encoding"));
            } catch (MarkedYAMLException wrong) {
                // what was refused before may be what broke the rest
                if (problems.isEmpty()) {
                    var problem = wrong.getProblem() == null ? wrong.getContext() : wrong.getProblem();
                    problem(
                            wrong.getProblemMark(),
                            Phrase.of("pack.problem.brokenYamlHere", said(String.valueOf(problem))));
                }
            } catch (YAMLException wrong) {
                problem(1, 1, Phrase.of("pack.problem.brokenYaml", said(String.valueOf(wrong.getMessage()))));
            } catch (Enough stopped) {
                return null;
            }
            return null;
        }

        /** What the library says, where that is known in other words; else as it says it. */
        private static Phrase said(String problem) {
            var key = YAML_PROBLEMS.get(problem);
            return key == null ? Phrase.of("pack.problem.yaml.other", problem) : Phrase.of(key);
        }

        /** Characters that YAML has no place for would only be told by their offset. */
        private boolean isReadable(String text) {
            var line = 1;
            var start = 0;
            for (var at = 0; at < text.length(); ) {
                var point = text.codePointAt(at);
                if (!StreamReader.isPrintable(point)) {
                    problem(
                            line,
                            text.codePointCount(start, at) + 1,
                            Phrase.of("pack.problem.character", "U+%04X".formatted(point)));
                    return false;
                }
                at += Character.charCount(point);
                if (point == '\n') {
                    line++;
                    start = at;
                }
            }
            return true;
        }

        private @Nullable Written root(String text) {
            var options = new LoaderOptions();
            options.setNestingDepthLimit(DEEPEST + 10);
            var parser = new ParserImpl(new StreamReader(text), options);
            Written root = null;
            var documents = 0;
            while (parser.peekEvent() != null) {
                if (parser.peekEvent() instanceof NodeEvent) {
                    var found = node(parser);
                    root = root == null ? found : root;
                } else if (next(parser) instanceof DocumentStartEvent start && ++documents > 1) {
                    problem(start.getStartMark(), Phrase.of("pack.problem.severalDocuments"));
                }
            }
            if (root == null) {
                problem(1, 1, Phrase.of("pack.problem.emptyFile"));
            }
            return root;
        }

        private Event next(ParserImpl parser) {
            var event = parser.getEvent();
            if (++events > MOST_EVENTS) {
                problem(event.getStartMark(), Phrase.of("pack.problem.tooManyValues", MOST_EVENTS));
                throw new Enough();
            }
            return event;
        }

        private Written node(ParserImpl parser) {
            var event = next(parser);
            var forbidden = forbidden(event);
            if (forbidden != null) {
                problem(event.getStartMark(), forbidden);
            }
            var place = at(event.getStartMark());
            return switch (event) {
                case ScalarEvent scalar ->
                    new Scalar(
                            place,
                            scalar.getValue(),
                            scalar.getScalarStyle() == ScalarStyle.PLAIN,
                            scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED,
                            scalar.getStartMark().getLine()
                                    == scalar.getEndMark().getLine());
                case SequenceStartEvent sequence -> items(parser, sequence, place);
                case MappingStartEvent mapping -> keys(parser, mapping, place);
                default -> new Scalar(place, "", true, false, true); // an alias, which has been refused
            };
        }

        private Items items(ParserImpl parser, Event start, Position place) {
            deeper(start);
            var items = new ArrayList<Written>();
            while (!parser.checkEvent(Event.ID.SequenceEnd)) {
                items.add(node(parser));
            }
            next(parser);
            depth--;
            return new Items(place, items);
        }

        private Keys keys(ParserImpl parser, Event start, Position place) {
            deeper(start);
            var pairs = new ArrayList<Pair>();
            while (!parser.checkEvent(Event.ID.MappingEnd)) {
                pairs.add(new Pair(node(parser), node(parser)));
            }
            next(parser);
            depth--;
            return new Keys(place, pairs);
        }

        private void deeper(Event start) {
            if (++depth > DEEPEST) {
                problem(start.getStartMark(), Phrase.of("pack.problem.tooDeep", DEEPEST));
                throw new Enough();
            }
        }

        private static @Nullable Phrase forbidden(Event event) {
            if (event instanceof AliasEvent) {
                return Phrase.of("pack.problem.alias");
            }
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                return Phrase.of("pack.problem.anchor");
            }
            var tagged = (event instanceof ScalarEvent scalar && scalar.getTag() != null)
                    || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
            return tagged ? Phrase.of("pack.problem.tag") : null;
        }

        private Position at(@Nullable Mark mark) {
            return mark == null
                    ? new Position(path, 1, 1)
                    : new Position(path, mark.getLine() + 1, mark.getColumn() + 1);
        }

        private void problem(@Nullable Mark mark, Phrase message) {
            var place = at(mark);
            problem(place.line(), place.column(), message);
        }

        private void problem(int line, int column, Phrase message) {
            problems.add(new PackProblem(new Position(path, line, column), message));
            if (problems.size() == MOST_PROBLEMS) {
                throw new Enough();
            }
        }
    }
}
