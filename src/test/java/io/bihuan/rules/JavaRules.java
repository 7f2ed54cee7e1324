package io.bihuan.rules;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** How Java is written here. */
public final class JavaRules {
    private static final Set<String> CLOCKS = Set.of(
            "Instant.now",
            "LocalDate.now",
            "LocalTime.now",
            "LocalDateTime.now",
            "OffsetDateTime.now",
            "ZonedDateTime.now",
            "Year.now",
            "YearMonth.now",
            "InstantSource.system",
            "System.currentTimeMillis");
    private static final Set<String> INJECTING =
            Set.of("Autowired", "Inject", "Resource", "Value", "PersistenceContext", "MockitoBean", "MockBean");
    private static final Pattern EMPTY_NAME = Pattern.compile(".+(Service|Manager|Helper|Utils?|Impl)s?");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private JavaRules() {}

    /** Only ids and the database's time know the machine's clock. */
    public static List<String> timeComesFromTheSource(JavaSource source) {
        if (source.path().endsWith("/platform/Ids.java") || source.path().endsWith("/platform/DatabaseTime.java")) {
            return List.of();
        }
        var calls = source.all(MethodInvocationTree.class).stream()
                .filter(call -> CLOCKS.contains(called(call)) || called(call).startsWith("Clock.system"))
                .filter(call -> call.getArguments().isEmpty() || called(call).startsWith("Clock.system"))
                .map(call -> source.finding(call, called(call) + ": time comes from the injected InstantSource"));
        var dates = source.all(NewClassTree.class).stream()
                .filter(made -> made.getIdentifier().toString().equals("Date")
                        && made.getArguments().isEmpty())
                .map(made -> source.finding(made, "new Date(): time comes from the injected InstantSource"));
        return Stream.concat(calls, dates).toList();
    }

    /** A class says in its constructor what it needs. */
    public static List<String> nothingIsInjectedIntoFields(JavaSource source) {
        // The components of a record are fields too, but filled by its constructor.
        return source.all(ClassTree.class).stream()
                .filter(type -> type.getKind() != Tree.Kind.RECORD)
                .flatMap(type -> type.getMembers().stream())
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> field.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation -> INJECTING.contains(simple(annotation.getAnnotationType()))))
                .map(field -> source.finding(field, field.getName() + " is injected into a field"))
                .toList();
    }

    /** What a program has to say goes to the log or to a page. */
    public static List<String> nothingIsPrinted(JavaSource source) {
        var streams = source.all(MemberSelectTree.class).stream()
                .filter(select -> select.toString().matches("(java\\.lang\\.)?System\\.(out|err)"))
                .map(select -> source.finding(select, select + " is used"));
        var traces = source.all(MethodInvocationTree.class).stream()
                .filter(call -> called(call).endsWith(".printStackTrace"))
                .map(call -> source.finding(call, "printStackTrace is used"));
        return Stream.concat(streams, traces).toList();
    }

    /** Tests run the real thing. */
    public static List<String> nothingIsMocked(JavaSource source) {
        return source.all(ImportTree.class).stream()
                .map(tree -> tree.getQualifiedIdentifier())
                .filter(name -> name.toString().matches(".*(mockito|Mockito|MockBean|SpyBean|easymock|jmockit).*"))
                .map(name -> source.finding(name, name + " is a mock"))
                .toList();
    }

    /** Spring's own token of a form takes the real ones out of the application that the test classes share: browsers are refused then. */
    public static List<String> formsBringTheirToken(JavaSource source) {
        return source.all(ImportTree.class).stream()
                .map(tree -> tree.getQualifiedIdentifier())
                .filter(name -> name.toString().endsWith("SecurityMockMvcRequestPostProcessors.csrf"))
                .map(name -> source.finding(name, "use FormToken.csrf"))
                .toList();
    }

    /** A name says what a class is, not that it is one. */
    public static List<String> namesSaySomething(JavaSource source) {
        return source.all(ClassTree.class).stream()
                .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
                .map(type -> source.finding(type, type.getSimpleName() + " is an empty name"))
                .toList();
    }

    /** Code of pages holds no Chinese words: they stand in the bundles. */
    public static List<String> pagesTakeTheirWordsFromBundles(JavaSource source) {
        if (!source.isWeb()) {
            return List.of();
        }
        return source.constants().stream()
                .filter(constant -> HAN.matcher(constant.value()).find())
                .map(constant ->
                        source.finding(constant.tree(), "words for people belong into messages/: " + constant.value()))
                .toList();
    }

    /** A refusal and a problem have their texts: every constant that is the key of one stands in a bundle. */
    public static List<String> everyRefusalHasItsText(JavaSource source, Set<String> keys) {
        var thrown = source.all(NewClassTree.class).stream()
                .filter(made -> simple(made.getIdentifier()).equals("Refused"))
                .flatMap(made -> made.getArguments().stream().limit(1))
                .flatMap(argument -> Stream.concat(
                        Stream.of(argument),
                        JavaSource.all(argument, ConditionalExpressionTree.class).stream()
                                .flatMap(choice -> Stream.of(choice.getTrueExpression(), choice.getFalseExpression()))))
                .filter(LiteralTree.class::isInstance)
                .flatMap(argument ->
                        JavaSource.constant(argument).stream().map(key -> new JavaSource.Constant(argument, key)));
        var named = source.constants().stream()
                .filter(constant -> constant.value().matches("[a-z]+\\.(refused|problem)\\.[A-Za-z0-9.-]*[A-Za-z0-9]"));
        return Stream.concat(thrown, named)
                .filter(constant -> !keys.contains(constant.value()))
                .map(constant -> source.finding(constant.tree(), "no bundle has the text " + constant.value()))
                .distinct()
                .toList();
    }

    /** A new constant of an enum or a new case of a sealed type has to be decided wherever it is asked for. */
    public static List<String> everyCaseIsDecided(List<JavaSource> sources) {
        Set<String> own = ownCases(sources);
        var findings = new ArrayList<String>();
        for (JavaSource source : sources) {
            Stream.concat(
                            source.all(SwitchExpressionTree.class).stream().map(SwitchExpressionTree::getCases),
                            source.all(SwitchTree.class).stream().map(SwitchTree::getCases))
                    .forEach(cases -> findings.addAll(undecided(source, cases, own)));
        }
        return findings;
    }

    private static List<String> undecided(JavaSource source, List<? extends CaseTree> cases, Set<String> own) {
        boolean isOwn = cases.stream()
                .flatMap(branch -> branch.getLabels().stream())
                .anyMatch(label -> own.contains(named(label)));
        if (!isOwn) {
            return List.of();
        }
        return cases.stream()
                .filter(branch -> branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance))
                .filter(branch -> !source.lineOf(branch).contains("//"))
                .map(branch -> source.finding(branch, "a default decides for cases that do not exist yet"))
                .toList();
    }

    private static String named(CaseLabelTree label) {
        return switch (label) {
            case ConstantCaseLabelTree constant -> simple(constant.getConstantExpression());
            case PatternCaseLabelTree pattern ->
                switch (pattern.getPattern()) {
                    case BindingPatternTree binding ->
                        binding.getVariable().getType() == null
                                ? ""
                                : simple(binding.getVariable().getType());
                    case DeconstructionPatternTree record -> simple(record.getDeconstructor());
                    default -> ""; // other patterns name no type
                };
            default -> ""; // a default label names nothing
        };
    }

    private static Set<String> ownCases(List<JavaSource> sources) {
        var names = new TreeSet<String>();
        var sealed = new TreeSet<String>();
        List<ClassTree> types = sources.stream()
                .flatMap(source -> source.all(ClassTree.class).stream())
                .toList();
        for (ClassTree type : types) {
            if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
                sealed.add(type.getSimpleName().toString());
                type.getPermitsClause().forEach(permitted -> names.add(simple(permitted)));
            }
            if (type.getKind() == Tree.Kind.ENUM) {
                type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(field -> field.getType() != null
                                && simple(field.getType()).contentEquals(type.getSimpleName()))
                        .forEach(constant -> names.add(constant.getName().toString()));
            }
        }
        for (ClassTree type : types) {
            boolean isCase = Stream.concat(
                            type.getImplementsClause().stream(), Stream.ofNullable(type.getExtendsClause()))
                    .anyMatch(parent -> sealed.contains(simple(parent)));
            if (isCase) {
                names.add(type.getSimpleName().toString());
            }
        }
        return names;
    }

    /** {@code Instant.now} of {@code java.time.Instant.now()}. */
    private static String called(MethodInvocationTree call) {
        String[] parts = call.getMethodSelect().toString().split("\\.", -1);
        return parts.length < 2 ? parts[0] : parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static String simple(Tree tree) {
        String name = tree.toString().replaceAll("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
