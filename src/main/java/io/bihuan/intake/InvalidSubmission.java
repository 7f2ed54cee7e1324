package io.bihuan.intake;

import io.bihuan.platform.Refused;
import java.util.List;

/** A submission that cannot be taken in as it is, with everything that is wrong with it. Nothing was stored. */
public class InvalidSubmission extends Refused {
    /**
     * One wrong field.
     *
     * @param pointer JSON pointer: {@code /content}, {@code /customer/phone}, {@code /product/<key>}
     * @param messageKey a text of the {@code intake} or {@code pack} bundle
     */
    public record Problem(String pointer, String messageKey, List<Object> arguments) {
        public Problem {
            arguments = List.copyOf(arguments);
        }
    }

    private final transient List<Problem> problems;

    InvalidSubmission(List<Problem> problems) {
        super("intake.refused.invalid", problems.size());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
