package io.bihuan.rules;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import io.bihuan.rules.JavaSource.Constant;
import io.bihuan.rules.Project.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What SQL may say, and where. */
public final class SqlRules {
    private static final Pattern STATEMENT = Pattern.compile(
            "(?is)\\s*(select|insert|update|delete|with|merge|create|alter|drop|truncate|copy|lock)\\s.*");
    private static final Pattern WRITING = Pattern.compile(
            "(?i)\\b(insert\\s+into|delete\\s+from|merge\\s+into|truncate\\s+\\w|update\\s+[\\w.]+\\s+(as\\s+\\w+\\s+|\\w+\\s+)?set\\b)");
    private static final Pattern NOW = Pattern.compile(
            "(?i)(?<![\\w.:])(now\\(\\)|current_timestamp|current_date|current_time|localtimestamp|localtime|transaction_timestamp\\(|statement_timestamp\\()");
    private static final Pattern OFFSET = Pattern.compile("(?i)\\boffset\\s+(:\\w|\\?|\\d|\\()");
    private static final Pattern STORED_LOGIC = Pattern.compile(
            "(?i)\\bcreate\\s+(or\\s+replace\\s+)?(constraint\\s+)?(function|procedure|trigger|rule)\\b");
    private static final Pattern FROM = Pattern.compile(
            "(?is)\\b(?:from|using)\\s+((?:[^()]|\\([^()]*\\))*?)(?=\\b(?:where|group|order|limit|union|for|on|set|returning)\\b|$)");
    private static final Pattern BOUND =
            Pattern.compile("(?i)\\b(limit|fetch\\s+first)\\b|\\b(any|unnest)\\s*\\(|\\bin\\s*\\(\\s*:");

    private SqlRules() {}

    static boolean isStatement(String text) {
        return STATEMENT.matcher(text).matches();
    }

    /** A statement stays within its module's schema; of others it may read views named {@code api_}. */
    public static List<String> sqlStaysHome(JavaSource source, Set<String> modules) {
        return source.constants().stream()
                .flatMap(constant -> strangers(constant.value(), source.module(), modules).stream()
                        .map(table -> source.finding(constant.tree(), source.module() + " touches " + table)))
                .toList();
    }

    /** The same for a migration, whose folder is its module. */
    public static List<String> migrationsStayHome(Text migration, Set<String> modules) {
        String sql = withoutComments(migration.content());
        return strangers(sql, folder(migration), modules).stream()
                .map(table -> migration.path() + ": " + folder(migration) + " touches " + table)
                .toList();
    }

    static Set<String> strangers(String sql, String module, Set<String> modules) {
        String others = modules.stream()
                .filter(name -> !name.equals(module))
                .reduce((a, b) -> a + "|" + b)
                .orElse("-");
        var table = Pattern.compile("(?i)^(?:only\\s+)?((?:" + others + ")\\.(?!api_)\\w+)");
        var direct = Pattern.compile(
                "(?i)\\b(?:from|join|into|update|using|table|references|lock|truncate|on|view|index)\\s+"
                        + "(?:only\\s+|if\\s+(?:not\\s+)?exists\\s+)?((?:" + others
                        + ")\\.(?!api_)\\w+)(?!\\s*[=<>,)]|\\s+(?:=|<|>|is\\b|in\\b|and\\b))");
        var found = new TreeSet<String>();
        Matcher named = direct.matcher(sql);
        while (named.find()) {
            found.add(named.group(1));
        }
        Matcher from = FROM.matcher(sql);
        while (from.find()) {
            for (String item : from.group(1).split(",", -1)) {
                Matcher first = table.matcher(item.strip());
                if (first.find()) {
                    found.add(first.group(1));
                }
            }
        }
        return found;
    }

    /** A page reads; the facade of a module writes. */
    public static List<String> pagesWriteNothing(JavaSource source) {
        return source.isWeb() ? findings(source, WRITING, "a page writes") : List.of();
    }

    /** The time is a parameter, so that a test can move it and all nodes agree. */
    public static List<String> timeIsAParameter(JavaSource source) {
        return findings(source, NOW, "the time of SQL is :now");
    }

    /** Lists are read on from a key; an offset reads and forgets all that comes before. */
    public static List<String> listsPageByKey(JavaSource source) {
        return findings(source, OFFSET, "a list pages by OFFSET");
    }

    private static List<String> findings(JavaSource source, Pattern pattern, String what) {
        return source.constants().stream()
                .filter(constant ->
                        isStatement(constant.value()) || constant.value().contains("\n"))
                .filter(constant -> pattern.matcher(constant.value()).find())
                .map(constant -> source.finding(constant.tree(), what))
                .toList();
    }

    /** A list has a limit, or a comment {@code // bounded: …} that says what else bounds it. */
    public static List<String> listsAreBounded(JavaSource source) {
        return source.all(MethodInvocationTree.class).stream()
                .filter(call -> call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getIdentifier().contentEquals("list")
                        && call.getArguments().isEmpty())
                .filter(call -> statementOf(source, call)
                        .filter(sql -> !BOUND.matcher(sql).find())
                        .isPresent())
                .filter(call -> !source.around(call).contains("// bounded"))
                .map(call -> source.finding(call, "a list without limit and without '// bounded: …'"))
                .toList();
    }

    private static Optional<String> statementOf(JavaSource source, MethodInvocationTree call) {
        ExpressionTree at = call;
        while (at instanceof MethodInvocationTree link && link.getMethodSelect() instanceof MemberSelectTree select) {
            if (select.getIdentifier().contentEquals("sql")
                    && link.getArguments().size() == 1) {
                ExpressionTree argument = link.getArguments().getFirst();
                if (argument instanceof IdentifierTree name) {
                    return source.all(VariableTree.class).stream()
                            .filter(variable -> variable.getName().contentEquals(name.getName()))
                            .flatMap(variable -> Stream.ofNullable(variable.getInitializer()))
                            .flatMap(value -> allTextOf(source, value).stream())
                            .reduce((a, b) -> a + " " + b);
                }
                return allTextOf(source, argument);
            }
            at = select.getExpression();
        }
        return Optional.empty();
    }

    private static Optional<String> allTextOf(JavaSource source, ExpressionTree expression) {
        int start = source.start(expression);
        int end = source.end(expression);
        return source.constants().stream()
                .filter(constant -> source.start(constant.tree()) >= start && source.end(constant.tree()) <= end)
                .map(Constant::value)
                .reduce((a, b) -> a + " " + b);
    }

    /** Logic is Java: no triggers, no stored procedures; and no default of the database's own time. */
    public static List<String> migrationsHoldNoLogic(Text migration) {
        String sql = withoutComments(migration.content());
        return Stream.of(STORED_LOGIC, NOW)
                .map(pattern -> pattern.matcher(sql))
                .filter(Matcher::find)
                .map(match -> migration.path() + ": " + match.group())
                .toList();
    }

    /** Every migration stands in its module's folder, and the first number of its version is that module's. */
    public static List<String> versionsBelongToTheirModule(
            List<Text> migrations, java.util.Map<String, Integer> numbers) {
        var seen = new TreeSet<String>();
        return migrations.stream()
                .flatMap(migration -> {
                    Matcher name =
                            Pattern.compile("V(\\d+)_(\\d+)__[a-z0-9_]+\\.sql").matcher(migration.name());
                    if (!name.matches()) {
                        return Stream.of(migration.path() + ": not named V<module>_<number>__<words>.sql");
                    }
                    if (!Integer.valueOf(name.group(1)).equals(numbers.get(folder(migration)))) {
                        return Stream.of(migration.path() + ": the versions of " + folder(migration) + " begin with "
                                + numbers.get(folder(migration)));
                    }
                    return seen.add(name.group(1) + "." + name.group(2))
                            ? Stream.empty()
                            : Stream.of(migration.path() + ": this version exists already");
                })
                .toList();
    }

    static String folder(Text migration) {
        String[] parts = migration.path().split("/", -1);
        return parts[parts.length - 2];
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "").replaceAll("(?s)/\\*.*?\\*/", "");
    }
}
