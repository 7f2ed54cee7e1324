package io.bihuan.statute;

import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of the laws, for tests of the rules alone. */
final class Laws {
    private static final Basis BASIS =
            new Basis(new Source(new Label("法", "Law"), "第一条", LocalDate.of(2022, 1, 1), null, true), "第一条", true);

    static final Numbers CAR = numbers(Map.ofEntries(
            Map.entry(Figure.WARRANTY_YEARS, "2"),
            Map.entry(Figure.WARRANTY_KILOMETRES, "50000"),
            Map.entry(Figure.FREE_REPAIR_YEARS, "3"),
            Map.entry(Figure.FREE_REPAIR_KILOMETRES, "60000"),
            Map.entry(Figure.EARLY_DAYS, "60"),
            Map.entry(Figure.EARLY_KILOMETRES, "3000"),
            Map.entry(Figure.ASSEMBLY_DAYS, "7"),
            Map.entry(Figure.SAFETY_REPAIRS, "2"),
            Map.entry(Figure.ASSEMBLY_REPLACEMENTS, "2"),
            Map.entry(Figure.MAIN_PART_REPLACEMENTS, "2"),
            Map.entry(Figure.REPAIR_DAYS, "30"),
            Map.entry(Figure.SAME_FAULT_REPAIRS, "4"),
            Map.entry(Figure.MOST_COEFFICIENT, "0.005"),
            Map.entry(Figure.LOANER_FROM_DAY, "6"),
            Map.entry(Figure.ANSWER_WORKING_DAYS, "10"),
            Map.entry(Figure.EXCHANGE_WORKING_DAYS, "20")));

    static final Numbers APPLIANCE = numbers(Map.of(
            Figure.RETURN_DAYS, "7",
            Figure.EXCHANGE_DAYS, "15",
            Figure.WHOLE_YEARS, "1",
            Figure.FAILED_REPAIRS, "2",
            Figure.MISSING_PARTS_DAYS, "90",
            Figure.REPAIRER_DAYS, "30",
            Figure.NORMAL_USE_DAYS, "30",
            Figure.PARTS_SUPPLY_YEARS, "5"));

    static final Listing MAIN_PARTS =
            new Listing(List.of(new Listing.Item("air-conditioner", new Label("空调", "Air conditioner"), 3)), BASIS);

    static final Numbers PROOF = numbers(Map.of(Figure.PROOF_MONTHS, "6"));
    static final Listing GOODS =
            new Listing(List.of(new Listing.Item("television", new Label("电视", "TV"), null)), BASIS);

    static final Numbers FRAUD = numbers(Map.of(
            Figure.FRAUD_TIMES, "3", Figure.FRAUD_LEAST, "500", Figure.FOOD_TIMES, "10", Figure.FOOD_LEAST, "1000"));

    static final Numbers ONLINE =
            numbers(Map.of(Figure.ONLINE_RETURN_DAYS, "7", Figure.REFUND_DAYS, "7", Figure.DELAY_DAYS, "15"));
    static final Listing EXCEPTIONS =
            new Listing(List.of(new Listing.Item("fresh", new Label("鲜活", "Fresh"), null)), BASIS);

    private Laws() {}

    private static Numbers numbers(Map<Figure, String> values) {
        var stated = new HashMap<Figure, Numbers.Stated>();
        values.forEach((figure, value) -> stated.put(figure, new Numbers.Stated(new BigDecimal(value), BASIS)));
        return new Numbers(stated);
    }

    static Finding only(List<Finding> findings, Rule rule) {
        return findings.stream()
                .filter(finding -> finding.rule() == rule)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + rule));
    }
}
