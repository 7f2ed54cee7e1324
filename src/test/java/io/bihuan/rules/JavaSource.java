package io.bihuan.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.bihuan.rules.Project.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java file as the compiler's parser sees it. */
public final class JavaSource {
    /** A text constant; joined constants are one, with {@code ?} for what is only known when the program runs. */
    public record Constant(Tree tree, String value) {}

    private final Text text;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private JavaSource(Text text, CompilationUnitTree unit, SourcePositions positions) {
        this.text = text;
        this.unit = unit;
        this.positions = positions;
    }

    /** A sample for the test of a rule. */
    public static JavaSource of(String path, String content) {
        return parse(List.of(new Text(path, content))).getFirst();
    }

    static List<JavaSource> parse(List<Text> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        var files = texts.stream().map(InMemory::new).toList();
        var byAddress = files.stream().collect(Collectors.toMap(InMemory::toUri, file -> file.text));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        var sources = new ArrayList<JavaSource>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                // The compiler wraps the files it was given.
                Text text = byAddress.get(unit.getSourceFile().toUri());
                sources.add(new JavaSource(Objects.requireNonNull(text), unit, positions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    public String path() {
        return text.path();
    }

    public String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** The folder under {@code io.bihuan}, or nothing for a class at the top. */
    public String module() {
        String[] parts = packageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
    }

    /** Whether it belongs to the pages of a module, or to the module of all pages. */
    public boolean isWeb() {
        return module().equals("web") || packageName().endsWith(".web");
    }

    CompilationUnitTree unit() {
        return unit;
    }

    /** All parts of a kind, outer ones first. */
    <T extends Tree> List<T> all(Class<T> kind) {
        return all(unit, kind);
    }

    static <T extends Tree> List<T> all(Tree start, Class<T> kind) {
        var found = new ArrayList<T>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, @Nullable Void none) {
                if (kind.isInstance(tree)) {
                    found.add(kind.cast(tree));
                }
                return super.scan(tree, null);
            }
        }.scan(start, null);
        return found;
    }

    /** Every text constant. */
    public List<Constant> constants() {
        var found = new ArrayList<Constant>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
                constant(literal).ifPresent(value -> found.add(new Constant(literal, value)));
                return null;
            }

            @Override
            public @Nullable Void visitBinary(BinaryTree sum, @Nullable Void none) {
                Optional<String> value = constant(sum);
                if (value.isEmpty()) {
                    return super.visitBinary(sum, null);
                }
                found.add(new Constant(sum, value.get()));
                return null;
            }
        }.scan(unit, null);
        return found;
    }

    /** The text of a literal or of a sum that holds one. */
    static Optional<String> constant(Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return literal.getValue() instanceof String value ? Optional.of(value) : Optional.empty();
        }
        if (tree instanceof ParenthesizedTree inner) {
            return constant(inner.getExpression());
        }
        if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            Optional<String> left = constant(sum.getLeftOperand());
            Optional<String> right = constant(sum.getRightOperand());
            return left.isEmpty() && right.isEmpty()
                    ? Optional.empty()
                    : Optional.of(left.orElse(" ? ") + right.orElse(" ? "));
        }
        return Optional.empty();
    }

    int start(Tree tree) {
        return (int) positions.getStartPosition(unit, tree);
    }

    int end(Tree tree) {
        return (int) positions.getEndPosition(unit, tree);
    }

    /** The source line in which a part begins. */
    String lineOf(Tree tree) {
        return text.content().lines().toList().get(text.line(start(tree)) - 1);
    }

    /** The source from the two lines before a part to the end of its last line. */
    String around(Tree tree) {
        List<String> lines = text.content().lines().toList();
        int first = Math.max(0, text.line(start(tree)) - 3);
        return String.join("\n", lines.subList(first, text.line(end(tree))));
    }

    String finding(Tree tree, String what) {
        return text.finding(Math.max(0, start(tree)), what);
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final Text text;

        InMemory(Text text) {
            super(URI.create("memory:///" + text.path()), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text.content();
        }
    }
}
