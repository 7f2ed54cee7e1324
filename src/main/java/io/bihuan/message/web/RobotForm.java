package io.bihuan.message.web;

import io.bihuan.message.Robot;
import io.bihuan.message.RobotKind;
import io.bihuan.message.Robots;
import io.bihuan.pack.Severity;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A robot as an administrator sets it up.
 *
 * @param url with the key of the group in it; blank keeps the one that is there
 * @param secret blank keeps the one that is there
 */
public record RobotForm(
        @NotBlank @Size(max = 60) @Nullable String name,
        @Nullable RobotKind kind,
        @Size(max = 500) @Nullable String url,
        @Size(max = 200) @Nullable String secret,
        @Pattern(regexp = "zh-CN|en") @Nullable String language,
        @Nullable Set<Severity> severities,
        @Nullable Set<@Size(max = 60) String> departments,
        @Nullable Boolean active) {
    public static final RobotForm EMPTY = new RobotForm(
            "", RobotKind.WECOM, "", "", "zh-CN", Set.of(Severity.MAJOR, Severity.URGENT), Set.of(), true);

    public RobotForm {
        name = name == null ? "" : name.strip();
        kind = kind == null ? RobotKind.WECOM : kind;
        url = url == null ? "" : url.strip();
        secret = secret == null ? "" : secret.strip();
        language = language == null ? "zh-CN" : language;
        severities = severities == null ? Set.of() : Set.copyOf(severities);
        departments = departments == null ? Set.of() : Set.copyOf(departments);
        active = active != null && active;
    }

    static RobotForm of(Robot robot) {
        return new RobotForm(
                robot.name(),
                robot.kind(),
                "",
                "",
                robot.language(),
                robot.severities(),
                robot.departments(),
                robot.isActive());
    }

    public boolean has(Severity severity) {
        return severities != null && severities.contains(severity);
    }

    public boolean has(String department) {
        return departments != null && departments.contains(department);
    }

    Robots.Setting setting() {
        return new Robots.Setting(
                Objects.requireNonNull(name),
                Objects.requireNonNull(kind),
                Objects.requireNonNull(url),
                Objects.requireNonNull(secret),
                Objects.requireNonNull(language),
                Objects.requireNonNull(severities),
                Objects.requireNonNull(departments),
                Boolean.TRUE.equals(active));
    }
}
