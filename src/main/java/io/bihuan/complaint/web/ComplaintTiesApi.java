package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.RecentWrites;
import io.bihuan.complaint.SimilarComplaints;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Reach;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Kind;
import io.bihuan.web.BadInput;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What complaints have to do with one another, through the API; and what kind one is. */
@RestController
@RequestMapping(path = "/api/v1/complaints/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Steps")
class ComplaintTiesApi {
    private static final int LONGEST = 2_000;

    /** The complaint in which this one goes on, a duplicate of it. */
    record Joining(
            @NotBlank @Size(max = 40) String into,
            @NotBlank @Size(max = LONGEST) String reason,
            @Nullable Integer expectedVersion) {}

    /** REPEAT: this one came because the other one, earlier, did not help; its severity rises. DIFFERENT: they are two matters. */
    record Link(@NotNull LinkKind kind, @Nullable Integer expectedVersion) {}

    record Conversion(
            @NotNull Kind kind,
            @NotBlank @Size(max = LONGEST) String reason,
            @Nullable Integer expectedVersion) {}

    /** Open complaints that may be about the same matter, those with most reasons first. */
    @Schema(name = "SimilarComplaints")
    record SimilarPage(List<Similar> items) {}

    /** One of them and why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SimilarComplaint")
    record Similar(
            String number,
            List<SimilarComplaints.Why> why,
            @Nullable String title,
            Kind kind,
            Stage stage,
            Instant receivedAt) {}

    private final Complaints complaints;
    private final SimilarComplaints similar;
    private final RecentWrites writes;
    private final ComplaintViews views;

    ComplaintTiesApi(Complaints complaints, SimilarComplaints similar, RecentWrites writes, ComplaintViews views) {
        this.complaints = complaints;
        this.similar = similar;
        this.writes = writes;
        this.views = views;
    }

    @GetMapping("/similar")
    @Operation(
            summary = "List open complaints that may be about the same matter",
            description =
                    "At most five: of the same person, about the same thing (serial, order, car), or in much the same words; without"
                            + " those that are joined or linked to it.")
    SimilarPage similar(@AuthenticationPrincipal TokenPrincipal token, @PathVariable String number) {
        Complaint complaint = views.complaint(token, number);
        return new SimilarPage(similar.of(complaint, Reach.ALL).stream()
                .map(each -> new Similar(
                        each.row().number().digits(),
                        each.why().stream().sorted().toList(),
                        each.row().title(),
                        each.row().kind(),
                        each.row().stage(),
                        each.row().receivedAt()))
                .toList());
    }

    @PutMapping(path = "/joining", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Join it into another complaint, as a duplicate",
            description =
                    "It goes on in the other one: its clocks stand, everything else is refused until it is separated. Nothing is moved.")
    ComplaintView join(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Joining body,
            Texts t) {
        return perform(
                token, number, body.expectedVersion(), new Command.Join(other("/into", body.into()), body.reason()), t);
    }

    @DeleteMapping("/joining")
    @Operation(
            summary = "Separate it again",
            description = "Its deadlines are those that it would have without the join, counted from the receipt.")
    ComplaintView separate(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @RequestParam String reason,
            @RequestParam(required = false) @Nullable Integer expectedVersion,
            Texts t) {
        return perform(token, number, expectedVersion, new Command.Separate(reason), t);
    }

    @PutMapping(path = "/links/{other}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Link it to another complaint; both are still handled by themselves")
    ComplaintView link(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @PathVariable String other,
            @Valid @RequestBody Link body,
            Texts t) {
        return perform(
                token, number, body.expectedVersion(), new Command.Link(ComplaintViews.number(other), body.kind()), t);
    }

    @DeleteMapping("/links/{other}")
    @Operation(summary = "Take a link away")
    ComplaintView unlink(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @PathVariable String other,
            Texts t) {
        return perform(token, number, null, new Command.Unlink(ComplaintViews.number(other)), t);
    }

    @PutMapping(path = "/kind", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say that it is of another kind; its clocks are judged again")
    ComplaintView convert(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Conversion body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.ConvertKind(body.kind(), body.reason()), t);
    }

    private static ComplaintNumber other(String pointer, String typed) {
        return ComplaintNumber.read(typed).orElseThrow(() -> new BadInput(pointer, "web.field.unreadable"));
    }

    private ComplaintView perform(
            TokenPrincipal token, String typed, @Nullable Integer expectedVersion, Command command, Texts t) {
        // A token that does not reach the complaint does not change it.
        ComplaintNumber number = views.complaint(token, typed).number();
        Complaint after = complaints.perform(number, expectedVersion, command, token.actor());
        writes.remember(token.id(), after);
        return views.of(after, t);
    }
}
