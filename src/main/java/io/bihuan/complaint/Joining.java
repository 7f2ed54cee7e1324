package io.bihuan.complaint;

import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which complaints a join, a separation or a link concerns, and what each of them is told. A join is a link and two events: no row
 * moves. How many customers a complaint affects is always its own number and what those that were joined into it added.
 */
final class Joining {
    /** What is to happen to one complaint. */
    record Step(Complaint complaint, Command command) {}

    private Joining() {}

    /**
     * A duplicate goes on in another complaint.
     *
     * @param living the one to which the command leads in the end
     */
    static List<Step> join(Command.Join command, Complaint duplicate, Complaint living) {
        if (command.into().equals(duplicate.number())) {
            throw new Refused("complaint.refused.join-itself");
        }
        if (living.number().equals(duplicate.number())) {
            throw new Refused("complaint.refused.join-cycle", command.into().readable());
        }
        if (!living.isOpen()) {
            throw new Refused("complaint.refused.join-archived", living.number().readable());
        }
        int customers = duplicate.customersAffected() - (isSamePerson(duplicate, living) ? 1 : 0);
        return List.of(
                new Step(duplicate, new Command.Join(living.number(), command.reason())),
                new Step(
                        living,
                        new Command.TakeIn(duplicate.number(), customers, duplicate.severity(), duplicate.priority())));
    }

    /**
     * A joined complaint goes its own way again.
     *
     * @param above those in which it goes on, one in the other, the nearest first
     */
    static List<Step> separate(Command.Separate command, Complaint duplicate, List<Complaint> above) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(duplicate, command));
        if (above.isEmpty()) {
            return steps;
        }
        int customers = Objects.requireNonNullElse(above.getFirst().joined().get(duplicate.number()), 0);
        Complaint below = duplicate;
        for (Complaint complaint : above) {
            steps.add(new Step(complaint, new Command.LetGo(duplicate.number(), below.number(), customers)));
            below = complaint;
        }
        return steps;
    }

    static List<Step> link(Command.Link command, Complaint one, Complaint other) {
        if (one.number().equals(other.number())) {
            throw new Refused("complaint.refused.link-itself");
        }
        return List.of(
                new Step(one, command),
                new Step(
                        other,
                        new Command.AnswerLink(one.number(), command.kind().counterpart())));
    }

    static List<Step> unlink(Command.Unlink command, Complaint one, Complaint other) {
        return List.of(new Step(one, command), new Step(other, new Command.AnswerLink(one.number(), null)));
    }

    /** By the phone number or the e-mail address; who left neither is nobody's same person. */
    static boolean isSamePerson(Complaint one, Complaint other) {
        return same(one.customer().phone(), other.customer().phone())
                || same(one.customer().email(), other.customer().email());
    }

    private static boolean same(@Nullable Personal one, @Nullable Personal other) {
        String value = Personal.valueOf(one);
        return value != null && value.equalsIgnoreCase(Personal.valueOf(other));
    }
}
