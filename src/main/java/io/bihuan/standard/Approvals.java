package io.bihuan.standard;

import io.bihuan.identity.Role;
import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import io.bihuan.platform.Money;
import java.util.List;
import java.util.Map;

/** Who may decide what a customer is offered, by category. */
public record Approvals(List<ApprovalRule> all) {
    public static final Approvals NONE = new Approvals(List.of());

    /** Where a pack says nothing: little is decided alone. */
    private static final ApprovalRule CAUTIOUS = new ApprovalRule(
            "cautious",
            new Label("审批权限", "Authority"),
            new Applies(null),
            Map.of(Role.HANDLER, Money.ofYuan(200), Role.MANAGER, Money.ofYuan(5_000)),
            Money.ofYuan(5_000),
            null);

    public Approvals {
        all = List.copyOf(all);
    }

    static Approvals read(PackNode node) {
        return new Approvals(node.children().stream().map(Approvals::rule).toList());
    }

    /** The most specific one. */
    public ApprovalRule forCategory(List<Category> path) {
        return Applies.best(all, ApprovalRule::applies, path).stream()
                .findFirst()
                .orElse(CAUTIOUS);
    }

    private static ApprovalRule rule(PackNode node) {
        return new ApprovalRule(
                node.define("approval", "name"),
                node.label("label"),
                Applies.read(node),
                CompensationMatrix.limits(node.child("limits"), null),
                CompensationMatrix.money(node.child("twoAbove")),
                node.source("source"));
    }
}
