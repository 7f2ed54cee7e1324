package io.bihuan.triage;

import io.bihuan.complaint.Factor;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The part {@code rules} of a pack: decision tables for severity, priority and department, in each of which the first row that holds
 * decides, and for the factors of an assessment, where of all rows that hold the highest level counts.
 */
public final class TriageRules {
    static final String WORD_LIST = "word list";
    private static final int MOST_LEVELS = Severity.values().length - 1;

    private final List<WordList> wordLists;
    private final List<String> negations;
    private final List<String> questions;
    private final List<Row<Severity>> severities;
    private final List<Row<Integer>> raises;
    private final List<Row<Priority>> priorities;
    private final List<Row<String>> departments;
    private final List<FactorRow> factors;
    private final Otherwise otherwise;

    /**
     * Words that mean the same to the rules.
     *
     * @param except phrases around a word in which it does not count
     */
    record WordList(String name, List<String> words, List<String> except) {}

    record Row<T>(String name, Label label, Condition when, T then) {}

    /** A row of the table of factors: so high a level of this one at least. */
    record FactorRow(Factor factor, Row<Integer> row) {}

    /**
     * What holds where no row decides.
     *
     * @param byKeywords why a category is proposed from its keywords
     * @param severity of a case without a category; else the category's
     * @param urgency priority by the number of customers affected and severity
     * @param department for a case without a category; else the category's
     */
    record Otherwise(
            Label byKeywords,
            Label byCategorySeverity,
            Severity severity,
            Label byUrgency,
            List<Urgency> urgency,
            Label byCategoryDepartment,
            String department,
            Label byDefault,
            Label byChoice) {}

    /** A row of the table urgency × customers affected, for this many and more. */
    record Urgency(int customersAffected, Map<Severity, Priority> priorities) {}

    private TriageRules(
            List<WordList> wordLists,
            List<String> negations,
            List<String> questions,
            List<Row<Severity>> severities,
            List<Row<Integer>> raises,
            List<Row<Priority>> priorities,
            List<Row<String>> departments,
            List<FactorRow> factors,
            Otherwise otherwise) {
        this.wordLists = wordLists;
        this.negations = negations;
        this.questions = questions;
        this.severities = severities;
        this.raises = raises;
        this.priorities = priorities;
        this.departments = departments;
        this.factors = factors;
        this.otherwise = otherwise;
    }

    static TriageRules read(PackNode node) {
        return new TriageRules(
                node.children("words").stream().map(TriageRules::wordList).toList(),
                List.copyOf(node.texts("negations")),
                List.copyOf(node.texts("questions")),
                rows(node, "severity", false, (row, key) -> row.oneOf(key, Severity.class)),
                rows(node, "raise", true, (row, key) -> row.number(key, 1, MOST_LEVELS)),
                rows(node, "priority", true, (row, key) -> row.oneOf(key, Priority.class)),
                rows(node, "department", true, (row, key) -> row.refer("department", key)),
                node.children("factors").stream().map(TriageRules::factor).toList(),
                otherwise(node.child("otherwise")));
    }

    private static WordList wordList(PackNode node) {
        var list = new WordList(node.define(WORD_LIST, "name"), node.texts("words"), node.texts("except"));
        if (list.words().isEmpty()) {
            node.problem("triage.problem.noWord");
        }
        return list;
    }

    private static FactorRow factor(PackNode row) {
        return new FactorRow(
                row.oneOf("factor", Factor.class), row(row, true, (each, key) -> each.number(key, 1, Factor.MOST)));
    }

    private static <T> Row<T> row(PackNode row, boolean severityIsKnown, BiFunction<PackNode, String, T> value) {
        return new Row<>(
                row.define("rule", "name"),
                row.label("label"),
                Condition.read(row.child("when"), severityIsKnown),
                value.apply(row, "then"));
    }

    private static <T> List<Row<T>> rows(
            PackNode node, String table, boolean severityIsKnown, BiFunction<PackNode, String, T> value) {
        return node.children(table).stream()
                .map(row -> row(row, severityIsKnown, value))
                .toList();
    }

    private static Otherwise otherwise(PackNode node) {
        return new Otherwise(
                node.label("byKeywords"),
                node.label("byCategorySeverity"),
                node.oneOf("severity", Severity.class),
                node.label("byUrgency"),
                urgency(node.child("urgency")),
                node.label("byCategoryDepartment"),
                node.refer("department", "department"),
                node.label("byDefault"),
                node.label("byChoice"));
    }

    private static List<Urgency> urgency(PackNode node) {
        var rows = new ArrayList<Urgency>();
        for (var each : node.children()) {
            var priorities = new EnumMap<Severity, Priority>(Severity.class);
            for (var severity : Severity.values()) {
                priorities.put(severity, each.oneOf(severity.name(), Priority.class));
            }
            var from = each.number("customersAffected", 1, Condition.MOST_CUSTOMERS);
            if (rows.isEmpty() && from != 1) {
                each.problemAt("customersAffected", "triage.problem.firstRow");
            } else if (!rows.isEmpty() && from <= rows.getLast().customersAffected()) {
                each.problemAt("customersAffected", "triage.problem.rowOrder");
            }
            rows.add(new Urgency(from, priorities));
        }
        if (rows.isEmpty()) {
            node.problem("triage.problem.noRow");
        }
        return List.copyOf(rows);
    }

    List<WordList> wordLists() {
        return wordLists;
    }

    List<String> negations() {
        return negations;
    }

    List<String> questions() {
        return questions;
    }

    List<Row<Severity>> severities() {
        return severities;
    }

    List<Row<Integer>> raises() {
        return raises;
    }

    List<Row<Priority>> priorities() {
        return priorities;
    }

    List<Row<String>> departments() {
        return departments;
    }

    List<FactorRow> factors() {
        return factors;
    }

    Otherwise otherwise() {
        return otherwise;
    }
}
