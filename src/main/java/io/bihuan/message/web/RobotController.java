package io.bihuan.message.web;

import io.bihuan.message.Robot;
import io.bihuan.message.Robots;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The robots of staff groups, set up by an administrator. */
@Controller
@RequestMapping("/desk/robots")
class RobotController {
    private final Robots robots;
    private final Packs packs;

    RobotController(Robots robots, Packs packs) {
        this.robots = robots;
        this.packs = packs;
    }

    @GetMapping
    Page list(Texts t) {
        return page(null, RobotForm.EMPTY, FieldErrors.NONE, t);
    }

    @PostMapping
    Page create(@Valid @ModelAttribute RobotForm form, BindingResult binding, Texts t) {
        var errors = FieldErrors.of(binding, t);
        if (Objects.requireNonNull(form.url()).isEmpty()) {
            errors = errors.with("url", t.of("web.field.missing"));
        }
        if (!errors.any()) {
            try {
                robots.create(form.setting());
                return Page.done(
                        "/desk/robots", "message.robot.created", form.setting().name());
            } catch (Refused refused) {
                errors = at(errors, refused, t);
            }
        }
        return wrong(page(null, form, errors, t));
    }

    @GetMapping("/{id}")
    Page edit(@PathVariable UUID id, Texts t) {
        Robot robot = robots.find(id).orElseThrow(() -> new NotFound("robot"));
        return page(robot, RobotForm.of(robot), FieldErrors.NONE, t);
    }

    @PostMapping("/{id}")
    Page update(@PathVariable UUID id, @Valid @ModelAttribute RobotForm form, BindingResult binding, Texts t) {
        Robot robot = robots.find(id).orElseThrow(() -> new NotFound("robot"));
        var errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                robots.update(id, form.setting());
                return Page.done(
                        "/desk/robots", "message.robot.changed", form.setting().name());
            } catch (Refused refused) {
                errors = at(errors, refused, t);
            }
        }
        return wrong(page(robot, form, errors, t));
    }

    @PostMapping("/{id}/removal")
    Page destroy(@PathVariable UUID id) {
        robots.remove(id);
        return Page.done("/desk/robots", "message.robot.removed");
    }

    private static FieldErrors at(FieldErrors errors, Refused refused, Texts t) {
        String field = refused.key().equals("message.robot.noAddress")
                ? "url"
                : refused.key().equals("message.robot.nameTaken") ? "name" : "";
        return errors.with(field, t.of(refused));
    }

    private static Page wrong(Page page) {
        return page.status(org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Page page(@Nullable Robot changed, RobotForm form, FieldErrors errors, Texts t) {
        return Page.of("message/robots", new RobotsPage(robots.list(), changed, form, departments(t), errors));
    }

    private List<Option> departments(Texts t) {
        var options = new LinkedHashMap<String, Option>();
        for (var pack : packs.all()) {
            for (var department : pack.departments().all()) {
                options.putIfAbsent(
                        department.code(),
                        new Option(department.code(), department.label().in(t.locale())));
            }
        }
        return List.copyOf(options.values());
    }
}
