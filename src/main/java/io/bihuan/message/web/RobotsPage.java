package io.bihuan.message.web;

import io.bihuan.message.Robot;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The robots, and a form for one.
 *
 * @param changed the robot that the form changes; null for a new one
 */
public record RobotsPage(
        List<Robot> robots, @Nullable Robot changed, RobotForm form, List<Option> departments, FieldErrors errors) {
    /** The name of a department. */
    public String department(String code) {
        return departments.stream()
                .filter(option -> option.value().equals(code))
                .map(Option::label)
                .findFirst()
                .orElse(code);
    }
}
