package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The schema by which editors complete packs says what the readers ask for: nothing less, nothing more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackSchemaTests {
    /** What the schema knows and no reader asks for yet. */
    private static final Set<String> AWAITED =
            Set.of("form[].requiredWhen", "form[].visibleWhen", "form[].maskedAs", "form[].type");

    /** Where the reader says in words of its own which of the enum's words are no answer. */
    private static final Set<String> NARROWER = Set.of("escalations[].levels[].do[].reassign");

    /** The reader takes them as they come and looks whether each is a role. */
    private static final Set<String> ROLES = Set.of("compensation[].limits.", "approvals[].limits.");

    /** Everything that may be written, sound or not: only what is asked for matters here. */
    private static final String EVERYTHING = """
            departments: [{code: a, name: {zh: 一, en: One}}]
            categories: [{code: b, name: {zh: 一, en: One}, children: [{code: c, name: {zh: 一, en: One}}]}]
            form:
              - {key: d, name: {zh: 一, en: One}, type: CHOICE, hint: {zh: 一, en: One}, options: [{code: e, name: {zh: 一, en: One}}]}
            remedies: [{code: f, name: {zh: 一, en: One}}]
            texts:
              hotline: {number: "1", hours: {zh: 一, en: One}}
              ways: [{code: g, title: {zh: 一, en: One}, text: {zh: 一, en: One}}]
              steps: [{code: h, title: {zh: 一, en: One}, text: {zh: 一, en: One}}]
              promises: [{zh: 一, en: One}]
              bodies: [{code: i, name: {zh: 一, en: One}, text: {zh: 一, en: One}}]
            clocks:
              - name: k
                label: {zh: 一, en: One}
                unit: CALENDAR_DAY
                amount: {GENERAL: 1, URGENT: 1, MAJOR: 1}
                stopOn: [SOLVED]
                pausable: [{reason: APPRAISAL}, MEDIATION]
                extend: [{by: 1, approver: MANAGER}]
                breach: {zh: 一, en: One}
                grade: LEGAL
                source: {law: {zh: 一, en: One}, article: 一, from: 2020-01-01, to: 2021-01-01, confirmed: true}
            calendars:
              - name: l
                label: {zh: 一, en: One}
                zone: Asia/Shanghai
                week: {MONDAY: ["09:00-12:00"]}
                holidays: cn
                makeUp: ["09:00-18:00"]
                onHolidays: []
                days: [{date: 2026-12-31, name: {zh: 一, en: One}, hours: []}]
              - name: m
                label: {zh: 一, en: One}
                over: l
                for: ["channel:PHONE"]
                adds: {week: {MONDAY: ["18:00-22:00"]}, onHolidays: ["09:00-12:00"]}
            escalations:
              - name: n
                label: {zh: 一, en: One}
                levels:
                  - at: 75%
                    when: {severities: [URGENT], grades: [LEGAL], hours: ["08:00-22:00"], duringWorkOf: l, outsideWorkOf: m}
                    do:
                      - notify: [LEAD]
                      - reassign: LEAD
                      - raiseSeverity: true
                      - openTask: {for: LEAD, text: {zh: 一, en: One}, dueIn: 1h}
            routing: {fairnessDays: 7, fullLoad: 30, weights: {SKILL: 1}, certificates: [{name: u, label: {zh: 一, en: One}, categories: [b]}]}
            rules:
              words: [{name: o, words: [x], except: [y]}]
              severity: [{name: p, label: {zh: 一, en: One}, when: {kinds: [PRAISE], circumstances: [MEDIA], channels: [WEB]}, then: MAJOR}]
              raise: [{name: q, label: {zh: 一, en: One}, when: {severities: [MAJOR], kinds: [PRAISE], circumstances: [MEDIA], channels: [WEB]}, then: 1}]
              priority: [{name: r, label: {zh: 一, en: One}, when: {severities: [MAJOR], kinds: [PRAISE], circumstances: [MEDIA], channels: [WEB]}, then: LOW}]
              department: [{name: s, label: {zh: 一, en: One}, when: {severities: [MAJOR], kinds: [PRAISE], circumstances: [MEDIA], channels: [WEB]}, then: a}]
              factors: [{name: t, factor: SAFETY, label: {zh: 一, en: One}, when: {severities: [MAJOR], kinds: [PRAISE], circumstances: [MEDIA], channels: [WEB]}, then: 1}]
              otherwise:
                urgency: [{customersAffected: 1, GENERAL: LOW, URGENT: LOW, MAJOR: LOW}]
            playbooks: [{name: t, notices: {accepted: 1, findings: 2, solution: 3, sendsAccepted: true}}]
            approvals: [{name: u, limits: {AGENT: 1, HANDLER: 1, QUALITY: 1, MANAGER: 1}, source: {law: {zh: 一, en: One}, article: 一, from: 2020-01-01, to: 2021-01-01, confirmed: true}}]
            reopening: {days: 1, source: {law: {zh: 一, en: One}, article: 一, from: 2020-01-01, to: 2021-01-01, confirmed: true}}
            """;

    private static final String IDENTITY = """
            id: shop
            edition: "1"
            extends: base
            without: {departments: [z]}
            name: {zh: 商店, en: Shop}
            files: [all.yaml]
            """;

    private final PackSchema schema = new PackSchema();
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, Set<String>> words = new TreeMap<>();
    private final Set<String> parts =
            AllParts.find().stream().map(PackPart::name).collect(Collectors.toSet());

    PackSchemaTests() {
        var recorder = new PackReading.Listener() {
            @Override
            public void asked(String path) {
                asked.add(PackSchema.plain(path));
            }

            @Override
            public void words(String path, Set<String> known) {
                words.put(PackSchema.plain(path), new TreeSet<>(known));
            }

            @Override
            public void referred(Position position) {}

            @Override
            public void stated(Position position, Expression expression) {}
        };
        var folders = new ArrayList<>(PackFolder.shipped(getClass().getClassLoader()));
        folders.add(PackFolder.of(
                "shop",
                Map.of(
                        "pack.yaml",
                        IDENTITY,
                        "all.yaml",
                        EVERYTHING,
                        "base/pack.yaml",
                        "{id: base, abstract: true, files: [all.yaml]}",
                        "base/all.yaml",
                        "departments: [{code: z, name: {zh: 一, en: One}}]")));
        for (var folder : folders) {
            var reader = new PackReader(folder, 1, AllParts.find(), new PackParser());
            reader.tell(recorder);
            reader.read(new ArrayList<>());
        }
    }

    private Set<String> opened() {
        return asked.stream().map(schema::opened).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyThatIsAskedForIsInTheSchema() {
        assertThat(asked).hasSizeGreaterThan(150);
        var missing = opened();
        missing.removeAll(schema.keys());
        missing.removeIf(schema::isOpen);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyKeyOfTheSchemaIsAskedFor() {
        var identity = Set.of(
                "id", "edition", "extends", "abstract", "name", "effectiveFrom", "effectiveTo", "files", "without");
        var known = opened();
        assertThat(schema.keys())
                .filteredOn(path -> !AWAITED.contains(path))
                .filteredOn(path -> {
                    var top = path.split("[.\\[]", -1)[0];
                    return parts.contains(top) || identity.contains(top);
                })
                .filteredOn(path -> ROLES.stream().noneMatch(path::startsWith))
                .filteredOn(path -> !known.contains(path))
                .isEmpty();
    }

    @Test
    void theWordsAreTheSame() {
        assertThat(words).hasSizeGreaterThan(20);
        words.forEach((path, known) -> {
            if (AWAITED.contains(path)) {
                assertThat(schema.words().get(path)).as(path).containsAll(known);
            } else if (NARROWER.contains(path)) {
                assertThat(known).as(path).containsAll(schema.words().get(path));
            } else {
                assertThat(schema.words().get(path)).as(path).isEqualTo(known);
            }
        });
    }

    @Test
    void everyPartOfAModuleIsInTheSchema() {
        assertThat(schema.keys()).containsAll(parts);
        assertThat(List.copyOf(parts)).contains("clocks", "rules", "calendars", "escalations", "form");
    }
}
