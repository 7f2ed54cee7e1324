package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A task of a complaint is done. */
@Controller
class TaskController {
    private final Desk desk;

    TaskController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/tasks/{task}/completion")
    Page create(@PathVariable String number, @PathVariable UUID task, @AuthenticationPrincipal SignedIn who, Texts t) {
        return desk.add(
                number,
                who,
                new Typed("completion", Map.of(), FieldErrors.NONE),
                t,
                List.of(),
                () -> new Command.CompleteTask(task));
    }
}
