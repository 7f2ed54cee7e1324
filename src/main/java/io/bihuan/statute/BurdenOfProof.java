package io.bihuan.statute;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has to prove a defect (消保法 Art. 23): for the listed durable goods and decoration the business, when the defect is found within
 * six months of acceptance. Six months end on the day of the same date or, where the month has none, on its last.
 */
public final class BurdenOfProof {
    /**
     * What is known.
     *
     * @param foundOn the day judged for when nobody says
     * @param goods the code of an item of the list of goods
     */
    public record Case(
            @Nullable LocalDate acceptedOn,
            @Nullable LocalDate foundOn,
            @Nullable String goods) {}

    private BurdenOfProof() {}

    public static List<Finding> judge(Case defect, Numbers numbers, Listing goods, LocalDate day) {
        var months = numbers.whole(Figure.PROOF_MONTHS);
        var reasoning = new Reasoning(Rule.PROOF_BY_BUSINESS, numbers.basis(Figure.PROOF_MONTHS), day)
                .line("proof.rule", months);
        var code = defect.goods();
        var accepted = defect.acceptedOn();
        if (code != null) {
            var item = goods.find(code).orElse(null);
            if (item == null) {
                return List.of(reasoning.line("proof.notListed").holds(false));
            }
            reasoning.line("proof.goods", item.label());
        }
        if (accepted == null) {
            reasoning.missing(Input.ACCEPTED_ON);
        }
        if (code == null) {
            reasoning.missing(Input.PRODUCT_TYPE);
        }
        if (accepted == null || code == null) {
            return List.of(reasoning.judged(Verdict.CANNOT_BE_JUDGED));
        }
        var last = accepted.plusMonths(months);
        var found = defect.foundOn() == null ? day : defect.foundOn();
        return List.of(reasoning
                .line("proof.until", accepted, last)
                .line("proof.found", found)
                .until(last)
                .holds(!found.isBefore(accepted) && !found.isAfter(last)));
    }
}
