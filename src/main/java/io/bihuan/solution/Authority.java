package io.bihuan.solution;

import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Money;
import io.bihuan.standard.ApprovalRule;
import io.bihuan.standard.Approvals;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.CompensationMatrix;
import io.bihuan.standard.Measure;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide on what in one category: by the compensation of the pack, and by its rule of approvals for what that does not name.
 *
 * @param matrix what may be offered in the category
 */
public record Authority(List<Compensation> matrix, ApprovalRule rule) {
    /** Somebody who decides. */
    public record Person(UUID id, Set<Role> roles, Set<Post> posts) {
        public Person {
            roles = Set.copyOf(roles);
            posts = Set.copyOf(posts);
        }

        boolean isOfDecisionLevel() {
            return posts.contains(Post.DECISION_LEVEL);
        }

        /** Whether something promised may be given up by this person. */
        boolean mayWaive() {
            return roles.contains(Role.MANAGER) || posts.contains(Post.DEPARTMENT_HEAD) || isOfDecisionLevel();
        }
    }

    public Authority {
        matrix = List.copyOf(matrix);
    }

    /** What holds for a category; null: what is for all. */
    public static Authority of(Pack pack, @Nullable String category) {
        List<Category> path = category == null ? List.of() : pack.categories().path(category);
        return new Authority(
                pack.part(CompensationMatrix.class).forCategory(path),
                pack.part(Approvals.class, Approvals.NONE).forCategory(path));
    }

    /** Up to how much somebody with these roles may decide on measures of a kind. */
    public Money limit(Measure kind, Collection<Role> roles) {
        List<Compensation> entries =
                matrix.stream().filter(each -> each.measure() == kind).toList();
        return entries.isEmpty()
                ? rule.limitOf(roles)
                : entries.stream()
                        .flatMap(each -> each.limitOf(roles).stream())
                        .max(Money::compareTo)
                        .orElse(Money.ofFen(0));
    }

    /** Whether the person may decide on all of it: measures of one kind count together, so that nobody splits an amount. */
    public boolean covers(Person person, Collection<PlannedMeasure> measures) {
        return person.isOfDecisionLevel()
                || sums(measures).entrySet().stream()
                        .allMatch(sum -> sum.getValue()
                                <= limit(sum.getKey(), person.roles()).fen());
    }

    /** How many people beside the author must approve it. */
    public int approvers(Person author, Collection<PlannedMeasure> measures) {
        if (total(measures) > rule.twoAbove().fen()) {
            return 2;
        }
        return covers(author, measures) ? 0 : 1;
    }

    /** What all of it costs, in hundredths of a yuan. */
    public static long total(Collection<PlannedMeasure> measures) {
        return sums(measures).values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Measure, Long> sums(Collection<PlannedMeasure> measures) {
        var sums = new EnumMap<Measure, Long>(Measure.class);
        for (PlannedMeasure measure : measures) {
            Long fen = measure.fen();
            if (fen != null && fen > 0) {
                sums.merge(measure.kind(), fen, Math::addExact);
            }
        }
        return sums;
    }
}
