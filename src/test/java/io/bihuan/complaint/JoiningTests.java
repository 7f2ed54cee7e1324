package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Joins and separations in any order, against what they should be: parents in a list, sums counted anew each time. */
class JoiningTests {
    private static final int COMPLAINTS = 6;
    private static final Instant START = Instant.parse("2026-11-22T01:00:00Z");

    /** Six complaints as they are after each command; every two of the same customer. */
    private static final class World {
        private final Map<ComplaintNumber, Complaint> all = new HashMap<>();
        private final List<ComplaintNumber> numbers = new ArrayList<>();
        private Instant now = START;

        World() {
            for (int i = 0; i < COMPLAINTS; i++) {
                Complaint complaint = Complaint.first(new UUID(7, i), event(1, registered(i)));
                all.put(complaint.number(), complaint);
                numbers.add(complaint.number());
            }
        }

        Complaint at(int index) {
            return known(numbers.get(index));
        }

        Complaint known(ComplaintNumber number) {
            return Objects.requireNonNull(all.get(number));
        }

        Complaint living(Complaint complaint) {
            Complaint found = complaint;
            while (found.joinedTo() != null) {
                found = known(found.joinedTo());
            }
            return found;
        }

        void perform(List<Joining.Step> steps) {
            now = now.plusSeconds(60);
            var decided = steps.stream()
                    .map(step -> step.complaint().decide(step.command()))
                    .toList();
            for (int i = 0; i < steps.size(); i++) {
                Complaint after = steps.get(i).complaint();
                for (ComplaintEvent event : decided.get(i)) {
                    after = after.after(event(after.version() + 1, event));
                }
                all.put(after.number(), after);
            }
        }

        private HistoryEvent event(int sequence, ComplaintEvent event) {
            return History.next(sequence, now, Actor.SYSTEM, event, List.of());
        }
    }

    private static ComplaintEvent.Registered registered(int i) {
        return new ComplaintEvent.Registered(
                ComplaintNumber.of(LocalDate.of(2026, 11, 22), i),
                "appliance",
                1,
                "appliance",
                Channel.WEB,
                Kind.COMPLAINT,
                null,
                i % 2 == 0 ? Severity.GENERAL : Severity.URGENT,
                Priority.MEDIUM,
                null,
                i + 1,
                null,
                Personal.of("不制冷"),
                Personal.of("张三"),
                Personal.of("+861381234567" + i / 2),
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                START,
                SomeComplaint.OWNER,
                List.of());
    }

    @Property(tries = 500)
    void everyNumberLeadsToTheComplaintThatIsHandledWhateverWasJoinedAndSeparatedBefore(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 71) Integer> moves) {
        var world = new World();
        Integer[] parent = new Integer[COMPLAINTS];
        Map<Integer, Integer> added = new HashMap<>();
        for (int move : moves) {
            int one = move % COMPLAINTS;
            int other = move / COMPLAINTS % COMPLAINTS;
            boolean isJoin = move < COMPLAINTS * COMPLAINTS;
            boolean isDone;
            try {
                Complaint duplicate = world.at(one);
                if (isJoin) {
                    var command = new Command.Join(world.at(other).number(), "同一件事");
                    world.perform(Joining.join(command, duplicate, world.living(world.at(other))));
                } else {
                    var above = new ArrayList<Complaint>();
                    for (Complaint c = duplicate; c.joinedTo() != null; ) {
                        c = world.known(c.joinedTo());
                        above.add(c);
                    }
                    world.perform(Joining.separate(new Command.Separate("不是一件事"), duplicate, above));
                }
                isDone = true;
            } catch (Refused refused) {
                isDone = false;
            }
            int top = top(parent, other);
            boolean isAllowed = isJoin ? parent[one] == null && top != one : parent[one] != null;
            assertThat(isDone).isEqualTo(isAllowed);
            if (isAllowed && isJoin) {
                parent[one] = top;
                added.put(one, affected(one, parent, added) - (one / 2 == top / 2 ? 1 : 0));
            } else if (isAllowed) {
                // What it added leaves everybody above it, whatever was joined by way of whom.
                int gone = Objects.requireNonNull(added.remove(one));
                for (int above = parent[one]; parent[above] != null; above = parent[above]) {
                    added.merge(above, -gone, Integer::sum);
                }
                parent[one] = null;
            }
            for (int i = 0; i < COMPLAINTS; i++) {
                Complaint complaint = world.at(i);
                assertThat(world.living(complaint)).isSameAs(world.at(top(parent, i)));
                assertThat(complaint.isJoined()).isEqualTo(parent[i] != null);
                assertThat(complaint.joined().keySet()).isEqualTo(children(i, parent, world));
                assertThat(complaint.customersAffected()).isEqualTo(affected(i, parent, added));
            }
        }
    }

    private static int top(Integer[] parent, int of) {
        int top = of;
        while (parent[top] != null) {
            top = parent[top];
        }
        return top;
    }

    private static Set<ComplaintNumber> children(int of, Integer[] parent, World world) {
        var children = new HashSet<ComplaintNumber>();
        for (int i = 0; i < COMPLAINTS; i++) {
            if (parent[i] != null && parent[i] == of) {
                children.add(world.numbers.get(i));
            }
        }
        return children;
    }

    private static int affected(int of, Integer[] parent, Map<Integer, Integer> added) {
        int sum = of + 1;
        for (int i = 0; i < COMPLAINTS; i++) {
            if (parent[i] != null && parent[i] == of) {
                sum += Objects.requireNonNull(added.get(i));
            }
        }
        return sum;
    }
}
