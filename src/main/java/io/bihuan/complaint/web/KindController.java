package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.pack.Kind;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** What came in as a complaint is an inquiry, or the other way round. */
@Controller
class KindController {
    record KindForm(
            @Nullable String version,
            @NotBlank String kind,
            @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;

    KindController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/kind")
    Page update(SentForm<KindForm> sent) {
        return desk.perform(
                sent,
                Typed.of("kind", sent, List.of("version", "kind", "reason")),
                form -> new Command.ConvertKind(Given.constant(Kind.class, "kind", form.kind()), form.reason()));
    }
}
