package io.bihuan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.rules.DocumentRules;
import io.bihuan.rules.JavaRules;
import io.bihuan.rules.JavaSource;
import io.bihuan.rules.PageRules;
import io.bihuan.rules.Project;
import io.bihuan.rules.Project.Text;
import io.bihuan.rules.SqlRules;
import io.bihuan.rules.TextRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the house. Each is shown twice: nothing here breaks it, and a sample that does is found. */
class HouseRulesTests {
    private static final List<JavaSource> MAIN = Project.java("main");
    private static final List<JavaSource> TESTS = Project.java("test");
    private static final Set<String> MODULES = Project.modules();
    private static final List<Text> TEMPLATES = Project.texts("src/main/jte", ".jte");
    private static final List<Text> BUNDLES = Project.texts("src/main/resources/messages", ".properties");
    private static final List<Text> MIGRATIONS = Project.texts("src/main/resources/db/migration", ".sql");

    /** The first number of the versions of a module's migrations; Flyway orders all modules by it. */
    private static final Map<String, Integer> MIGRATION_NUMBERS = Map.ofEntries(
            Map.entry("platform", 100),
            Map.entry("pack", 150),
            Map.entry("identity", 200),
            Map.entry("calendar", 250),
            Map.entry("clock", 300),
            Map.entry("message", 350),
            Map.entry("customer", 370),
            Map.entry("complaint", 400),
            Map.entry("correspondence", 410),
            Map.entry("investigation", 420),
            Map.entry("teamwork", 425),
            Map.entry("compensation", 430),
            Map.entry("solution", 440),
            Map.entry("routing", 450),
            Map.entry("dossier", 590),
            Map.entry("bulk", 595),
            Map.entry("industry", 460),
            Map.entry("intake", 500),
            Map.entry("imports", 520),
            Map.entry("mail", 540),
            Map.entry("wechat", 545),
            Map.entry("telephony", 550),
            Map.entry("chat", 555),
            Map.entry("webhook", 560),
            Map.entry("capture", 565),
            Map.entry("regulator", 570),
            Map.entry("portal", 600));

    private static <T> List<String> all(List<T> things, Function<T, List<String>> rule) {
        return things.stream().flatMap(thing -> rule.apply(thing).stream()).toList();
    }

    private static JavaSource inModule(String module, String body) {
        return JavaSource.of(
                "src/main/java/io/bihuan/" + module.replace('.', '/') + "/Sample.java",
                "package io.bihuan.%s;\nclass Sample {\n%s\n}\n".formatted(module, body));
    }

    private static Text template(String content) {
        return new Text("src/main/jte/portal/sample.jte", content);
    }

    private static Set<String> keys() {
        return BUNDLES.stream()
                .flatMap(bundle -> TextRules.entries(bundle).keySet().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void theRulesSeeTheWholeHouse() {
        assertThat(MAIN).hasSizeGreaterThan(20);
        assertThat(TESTS).hasSizeGreaterThan(5);
        assertThat(MODULES).contains("platform", "complaint", "portal");
        assertThat(BUNDLES).isNotEmpty();
        assertThat(MIGRATIONS).isNotEmpty();
    }

    @Nested
    class Java {
        @Test
        void timeComesFromTheSource() {
            assertThat(all(MAIN, JavaRules::timeComesFromTheSource)).isEmpty();

            for (String call : List.of(
                    "java.time.Instant.now()",
                    "LocalDateTime.now()",
                    "LocalDate.now()",
                    "System.currentTimeMillis()",
                    "Clock.systemUTC()",
                    "new Date()")) {
                assertThat(JavaRules.timeComesFromTheSource(inModule("clock", "Object o = %s;".formatted(call))))
                        .as(call)
                        .hasSize(1);
            }
            assertThat(JavaRules.timeComesFromTheSource(inModule("clock", "Object o = time.instant();")))
                    .isEmpty();
        }

        @Test
        void nothingIsInjectedIntoFields() {
            assertThat(all(MAIN, JavaRules::nothingIsInjectedIntoFields)).isEmpty();

            assertThat(JavaRules.nothingIsInjectedIntoFields(inModule("clock", "@Autowired private Clocks clocks;")))
                    .hasSize(1);
            assertThat(JavaRules.nothingIsInjectedIntoFields(inModule("clock", "Sample(@Value(\"a\") String a) {}")))
                    .isEmpty();
            assertThat(JavaRules.nothingIsInjectedIntoFields(inModule("clock", "record A(@Value(\"a\") String a) {}")))
                    .isEmpty();
        }

        @Test
        void nothingIsPrinted() {
            assertThat(all(MAIN, JavaRules::nothingIsPrinted)).isEmpty();

            assertThat(JavaRules.nothingIsPrinted(inModule("clock", "void a() { System.out.println(1); }")))
                    .hasSize(1);
            assertThat(JavaRules.nothingIsPrinted(inModule("clock", "void a(Exception e) { e.printStackTrace(); }")))
                    .hasSize(1);
        }

        @Test
        void nothingIsMocked() {
            assertThat(all(TESTS, JavaRules::nothingIsMocked)).isEmpty();

            assertThat(JavaRules.nothingIsMocked(
                            JavaSource.of("ATests.java", "import static org.mockito.Mockito.mock; class ATests {}")))
                    .hasSize(1);
        }

        @Test
        void formsBringTheirToken() {
            assertThat(all(TESTS, JavaRules::formsBringTheirToken)).isEmpty();

            assertThat(JavaRules.formsBringTheirToken(JavaSource.of(
                            "ATests.java",
                            "import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;"
                                    + " class ATests {}")))
                    .hasSize(1);
        }

        @Test
        void namesSaySomething() {
            assertThat(all(MAIN, JavaRules::namesSaySomething)).isEmpty();
            assertThat(all(TESTS, JavaRules::namesSaySomething)).isEmpty();

            for (String name : List.of("ComplaintService", "FileManager", "TestHelper", "TextUtils", "ClocksImpl")) {
                assertThat(JavaRules.namesSaySomething(inModule("clock", "class %s {}".formatted(name))))
                        .as(name)
                        .hasSize(1);
            }
        }

        @Test
        void everyCaseIsDecided() {
            assertThat(JavaRules.everyCaseIsDecided(MAIN)).isEmpty();

            assertThat(JavaRules.everyCaseIsDecided(List.of(inModule("clock", """
                enum Stage { OPEN, CLOSED }
                int a(Stage s) { return switch (s) { case OPEN -> 1; default -> 2; }; }
                """))))
                    .hasSize(1);
            assertThat(JavaRules.everyCaseIsDecided(List.of(inModule("clock", """
                sealed interface Shape {}
                record Circle() implements Shape {}
                void a(Shape s) { switch (s) { case Circle c -> {} default -> {} } }
                """))))
                    .hasSize(1);
            assertThat(JavaRules.everyCaseIsDecided(List.of(inModule("clock", """
                int a(String s) { return switch (s) { case "OPEN" -> 1; default -> 2; }; }
                """))))
                    .isEmpty();
        }

        @Test
        void pagesTakeTheirWordsFromBundles() {
            assertThat(all(MAIN, JavaRules::pagesTakeTheirWordsFromBundles)).isEmpty();

            assertThat(JavaRules.pagesTakeTheirWordsFromBundles(inModule("portal.web", "String a = \"投诉\";")))
                    .hasSize(1);
        }

        @Test
        void everyRefusalHasItsText() {
            Set<String> keys = keys();
            assertThat(all(MAIN, source -> JavaRules.everyRefusalHasItsText(source, keys)))
                    .isEmpty();

            assertThat(JavaRules.everyRefusalHasItsText(
                            inModule("clock", "void a() { throw new Refused(\"clock.nothing\"); }"), keys))
                    .hasSize(1);
            assertThat(JavaRules.everyRefusalHasItsText(
                            inModule("clock", "void a() { require(b, \"clock.refused.nothing\"); }"), keys))
                    .hasSize(1);
            assertThat(JavaRules.everyRefusalHasItsText(
                            inModule("clock", "void a() { node.problem(\"clock.problem.noThing\"); }"), keys))
                    .hasSize(1);
        }
    }

    @Nested
    class Sql {
        @Test
        void staysHome() {
            assertThat(all(MAIN, source -> SqlRules.sqlStaysHome(source, MODULES)))
                    .isEmpty();
            assertThat(all(MIGRATIONS, migration -> SqlRules.migrationsStayHome(migration, MODULES)))
                    .isEmpty();

            for (String sql : List.of(
                    "select 1 from complaint.complaint where id = ?",
                    "select 1 from clock.clock c join complaint.complaint k on k.id = c.id",
                    "select 1 from clock.clock c, complaint.complaint k",
                    "insert into complaint.event values (1)",
                    "update complaint.complaint set a = 1",
                    "delete from complaint.complaint")) {
                assertThat(SqlRules.sqlStaysHome(inModule("clock", "String a = \"%s\";".formatted(sql)), MODULES))
                        .as(sql)
                        .hasSize(1);
            }
            assertThat(SqlRules.sqlStaysHome(
                            inModule("clock", "String a = \"select 1 from \" + b + \" join complaint.case_file f\";"),
                            MODULES))
                    .hasSize(1);
            assertThat(SqlRules.migrationsStayHome(
                            new Text(
                                    "db/migration/clock/V300_1__a.sql",
                                    "create view clock.a as select 1 from complaint.b"),
                            MODULES))
                    .hasSize(1);
            for (String allowed : List.of(
                    "select 1 from complaint.api_complaint",
                    "select 1 from clock.clock where a = complaint.form.title",
                    "complaint.form.title")) {
                assertThat(SqlRules.sqlStaysHome(inModule("clock", "String a = \"%s\";".formatted(allowed)), MODULES))
                        .as(allowed)
                        .isEmpty();
            }
        }

        @Test
        void isNotWrittenByPages() {
            assertThat(all(MAIN, SqlRules::pagesWriteNothing)).isEmpty();

            for (String sql : List.of("insert into a values (1)", "update a.b set c = 1", "delete from a")) {
                assertThat(SqlRules.pagesWriteNothing(inModule("portal.web", "String a = \"%s\";".formatted(sql))))
                        .as(sql)
                        .hasSize(1);
                assertThat(SqlRules.pagesWriteNothing(inModule("portal", "String a = \"%s\";".formatted(sql))))
                        .as(sql)
                        .isEmpty();
            }
        }

        @Test
        void takesTheTimeAsAParameter() {
            assertThat(all(MAIN, SqlRules::timeIsAParameter)).isEmpty();

            for (String sql : List.of("select now()", "select 1 where a < current_timestamp")) {
                assertThat(SqlRules.timeIsAParameter(inModule("clock", "String a = \"%s\";".formatted(sql))))
                        .as(sql)
                        .hasSize(1);
            }
        }

        @Test
        void pagesByKey() {
            assertThat(all(MAIN, SqlRules::listsPageByKey)).isEmpty();

            assertThat(SqlRules.listsPageByKey(inModule("clock", "String a = \"select 1 limit 50 offset :from\";")))
                    .hasSize(1);
        }

        @Test
        void boundsEveryList() {
            assertThat(all(MAIN, SqlRules::listsAreBounded)).isEmpty();

            assertThat(SqlRules.listsAreBounded(
                            inModule("clock", "Object a = jdbc.sql(\"select id from a\").query(B).list();")))
                    .hasSize(1);
            assertThat(SqlRules.listsAreBounded(
                            inModule("clock", "Object a = jdbc.sql(\"select id from a limit 9\").query(B).list();")))
                    .isEmpty();
            assertThat(SqlRules.listsAreBounded(inModule("clock", """
                // bounded: seven rows, one a day
                Object a = jdbc.sql("select id from a").query(B).list();
                """))).isEmpty();
        }

        @Test
        void keepsMigrationsInTheirModule() {
            assertThat(SqlRules.versionsBelongToTheirModule(MIGRATIONS, MIGRATION_NUMBERS))
                    .isEmpty();

            for (String path : List.of(
                    "db/migration/clock/V400_1__a.sql",
                    "db/migration/clock/V300_1.sql",
                    "db/migration/other/V1_1__a.sql")) {
                assertThat(SqlRules.versionsBelongToTheirModule(List.of(new Text(path, "")), MIGRATION_NUMBERS))
                        .as(path)
                        .hasSize(1);
            }
            assertThat(SqlRules.versionsBelongToTheirModule(
                            List.of(
                                    new Text("db/migration/clock/V300_1__a.sql", ""),
                                    new Text("db/migration/clock/V300_1__b.sql", "")),
                            MIGRATION_NUMBERS))
                    .hasSize(1);
        }

        @Test
        void holdsNoLogic() {
            assertThat(all(MIGRATIONS, SqlRules::migrationsHoldNoLogic)).isEmpty();

            for (String sql :
                    List.of("create or replace function a.b()", "create trigger c", "a timestamptz default now()")) {
                assertThat(SqlRules.migrationsHoldNoLogic(new Text("db/migration/clock/V300_1__a.sql", sql)))
                        .as(sql)
                        .hasSize(1);
            }
        }
    }

    @Nested
    class Texts {
        @Test
        void standInBothLanguages() {
            for (String name : BUNDLES.stream()
                    .map(bundle -> bundle.path().replaceAll("_(zh_CN|en)\\.properties$", ""))
                    .collect(Collectors.toSet())) {
                assertThat(TextRules.bothLanguagesSayTheSame(
                                bundle(name + "_zh_CN.properties"), bundle(name + "_en.properties")))
                        .isEmpty();
            }

            var chinese = new Text("a_zh_CN.properties", "a.one=一\na.two={0}和{1}\n");
            var english = new Text("a_en.properties", "a.two={0}\na.three=3\n");
            assertThat(TextRules.bothLanguagesSayTheSame(chinese, english))
                    .containsExactlyInAnyOrder(
                            "a_en.properties: a.one is missing",
                            "a_en.properties: a.two has other placeholders than in Chinese",
                            "a_zh_CN.properties: a.three is missing");
        }

        private static Text bundle(String path) {
            return BUNDLES.stream()
                    .filter(bundle -> bundle.path().equals(path))
                    .findFirst()
                    .orElse(new Text(path, ""));
        }

        @Test
        void areSound() {
            assertThat(all(BUNDLES, TextRules::aBundleIsSound)).isEmpty();

            assertThat(TextRules.aBundleIsSound(new Text("clock_en.properties", """
                clock.one=1
                clock.one=2
                clock.blank=
                other.key=3
                """)))
                    .hasSize(3);
            assertThat(TextRules.aBundleIsSound(new Text("clock.properties", "clock.properties.a=1")))
                    .hasSize(1);
        }

        @Test
        void areNotInTemplates() {
            assertThat(all(TEMPLATES, PageRules::noWordStandsInATemplate)).isEmpty();

            for (String content : List.of(
                    "<p>Hello</p>",
                    "<p>投诉</p>",
                    "${a ? \"是\" : \"b\"}",
                    "@if(a > b)<b>Yes</b>@endif",
                    "<input placeholder=\"Your name\">",
                    "@template.layout.page(content = @`<h1>Welcome</h1>`)")) {
                assertThat(PageRules.noWordStandsInATemplate(template(content)))
                        .as(content)
                        .isNotEmpty();
            }
            for (String content : List.of(
                    "@param String name\n<p>${text.of(\"portal.title\")} · ${a > b ? \"x\" : \"y\"} / 1&nbsp;</p>",
                    "@template.layout.page(title = text.of(\"a\"), content = @`<h1 class=\"big\">${a}</h1>`)",
                    "@for(var a : list)<option value=\"${a.id()}\" title=\"${a.name()}\">${a.name()}</option>@endfor",
                    "<%-- 中文 and words --%><!doctype html><html lang=\"${lang}\">",
                    "!{var a = list.get(0);}<i></i>")) {
                assertThat(PageRules.noWordStandsInATemplate(template(content)))
                        .as(content)
                        .isEmpty();
            }
        }

        @Test
        void thatTemplatesNameExist() {
            Set<String> keys = keys();
            assertThat(all(TEMPLATES, page -> PageRules.everyNamedTextExists(page, keys, MODULES)))
                    .isEmpty();

            assertThat(PageRules.everyNamedTextExists(template("${t.of(\"portal.nothing\")}"), keys, MODULES))
                    .hasSize(1);
        }
    }

    @Nested
    class Pages {
        @Test
        void holdNothingInline() {
            assertThat(all(TEMPLATES, PageRules::nothingIsInline)).isEmpty();

            for (String content : List.of(
                    "<p style=\"color: red\">",
                    "<button onclick=\"a()\">",
                    "<div hx-on:click=\"a()\">",
                    "<script>a()</script>",
                    "<style>a {}</style>",
                    "<img src=\"https://elsewhere/a.png\">")) {
                assertThat(PageRules.nothingIsInline(template(content)))
                        .as(content)
                        .hasSize(1);
            }
            assertThat(PageRules.nothingIsInline(template("<script src=\"/a.js\" defer></script><p class=\"on\">")))
                    .isEmpty();
        }
    }

    @Nested
    class Documents {
        private static final String PARTS =
                "Date: 1\nStatus: 1\n## Context\n## Decision\n## Consequences\n## Alternatives\n";

        @Test
        void numberTheirDecisions() {
            assertThat(DocumentRules.decisionsAreNumbered(Project.texts("docs/adr", ".md")))
                    .isEmpty();

            var first = new Text("docs/adr/0001-a.md", PARTS);
            assertThat(DocumentRules.decisionsAreNumbered(List.of(first, new Text("docs/adr/0001-b.md", PARTS))))
                    .hasSize(1);
            assertThat(DocumentRules.decisionsAreNumbered(List.of(first, new Text("docs/adr/0003-b.md", PARTS))))
                    .hasSize(1);
            assertThat(DocumentRules.decisionsAreNumbered(List.of(new Text("docs/adr/0001-b.md", "Date"))))
                    .hasSize(5);
        }

        @Test
        void nameTheTestsOfWhatTheyPromise() {
            Set<String> tests = TESTS.stream()
                    .map(source -> source.path().replaceAll(".*/|\\.java$", ""))
                    .collect(Collectors.toSet());
            assertThat(all(
                            Project.texts("docs", "requirements.md"),
                            requirements -> DocumentRules.requirementsNameTheirTests(requirements, tests)))
                    .isEmpty();

            var promises = new Text("docs/requirements.md", """
                | Capability | Test |
                |---|---|
                | rules | `HouseRulesTests` |
                | dreams | `DreamTests` |
                | nothing | |
                """);
            assertThat(DocumentRules.requirementsNameTheirTests(promises, tests))
                    .containsExactly(
                            "docs/requirements.md:4: DreamTests does not exist",
                            "docs/requirements.md:5: names no test");
        }

        @Test
        void nameNoOtherPlace() {
            List<Text> everything = Project.texts(
                    "",
                    ".java",
                    ".md",
                    ".xml",
                    ".yaml",
                    ".sql",
                    ".jte",
                    ".properties",
                    ".js",
                    ".css",
                    "run",
                    "check",
                    "bench");
            assertThat(everything).anyMatch(text -> text.path().equals("pom.xml"));
            assertThat(all(everything, DocumentRules::nothingNamesAnotherPlace)).isEmpty();

            assertThat(DocumentRules.nothingNamesAnotherPlace(new Text("a.md", "see /wo" + "rk/main")))
                    .hasSize(1);
        }
    }
}
