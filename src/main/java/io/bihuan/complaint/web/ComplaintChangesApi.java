package io.bihuan.complaint.web;

import io.bihuan.clock.ExtensionReason;
import io.bihuan.clock.PauseFor;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.ClockChoices;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.RecentWrites;
import io.bihuan.complaint.UploadedFile;
import io.bihuan.identity.StaffMember;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.PartialUploads;
import io.bihuan.web.BadInput;
import io.bihuan.web.Problems;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Every step of a complaint through the API: each is a resource below it. With {@code expectedVersion} a step counts only on what
 * its sender saw. The answer is the complaint after the step.
 */
@RestController
@RequestMapping(
        path = "/api/v1/complaints/{number}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Steps")
class ComplaintChangesApi {
    private static final int LONGEST = 20_000;
    private static final int MOST_FILES = 10;

    /** With a reason the owner is changed; without, the named owner confirms. The owner is an id or a login. */
    record Ownership(
            @NotBlank @Size(max = 100) String owner,
            @Nullable @Size(max = LONGEST) String reason,
            @Nullable Integer expectedVersion) {}

    /** What is left out stays as it is. The handler is an id or a login. */
    record Assessment(
            @Nullable Kind kind,
            @Nullable @Size(max = 100) String category,
            @Nullable Severity severity,
            @Nullable Priority priority,
            @Nullable @Size(max = 100) String department,
            @Nullable @Size(max = 100) String handler,
            @Nullable @Size(max = LONGEST) String note,
            @Nullable @Valid FactorLevels factors,
            @Nullable Integer expectedVersion) {}

    /** The five factors of an assessment, each from 1 to 4. */
    record FactorLevels(
            @Min(1) @Max(4) int severity,
            @Min(1) @Max(4) int safety,
            @Min(1) @Max(4) int complexity,
            @Min(1) @Max(4) int impact,
            @Min(1) @Max(4) int immediacy) {
        Factors factors() {
            return new Factors(severity, safety, complexity, impact, immediacy);
        }
    }

    record Verification(
            @NotNull Finding finding,
            @NotBlank @Size(max = LONGEST) String account,
            @Nullable Integer expectedVersion) {}

    record Solution(
            @NotNull Outcome outcome,
            @NotBlank @Size(max = LONGEST) String measures,
            @Nullable @Size(max = LONGEST) String routes,
            @Nullable Integer expectedVersion) {}

    record ResultNotice(
            @NotNull Contact way,
            @NotBlank @Size(max = LONGEST) String text,
            @Nullable Integer expectedVersion) {}

    /** CONFIRMED takes comment and rating; NOT_SATISFIED and UNREACHED need a reason. */
    record Answer(
            @NotNull Confirmation answer,
            @Nullable @Size(max = LONGEST) String comment,
            @Nullable @Min(1) @Max(5) Integer rating,
            @Nullable @Size(max = LONGEST) String reason,
            @Nullable Integer expectedVersion) {}

    record Attempt(
            @NotNull Contact way,
            @NotBlank @Size(max = LONGEST) String note,
            @Nullable Integer expectedVersion) {}

    record Archiving(
            @Nullable @Size(max = LONGEST) String cause,
            @Nullable Integer expectedVersion) {}

    record Information(
            @NotBlank @Size(max = LONGEST) String text,
            @Nullable @Size(max = MOST_FILES) List<@Valid @NotNull UploadedFile> attachments,
            @Nullable Integer expectedVersion) {}

    record Reason(
            @NotBlank @Size(max = LONGEST) String reason,
            @Nullable Integer expectedVersion) {}

    /** {@code told} is the way by which the customer was told, where the policy of a clock asks for it. */
    record Pause(
            @NotNull PauseFor reason,
            @NotBlank @Size(max = LONGEST) String note,
            @Nullable Contact told,
            @Nullable Integer expectedVersion) {}

    record PauseEnd(
            @NotNull PauseFor reason,
            @NotBlank @Size(max = LONGEST) String note,
            @Nullable Integer expectedVersion) {}

    /** The approver, an id or a login, is who granted it: somebody with the role that the policy of the clock asks for. */
    record Extension(
            @NotBlank @Size(max = 100) String clock,
            @NotNull ExtensionReason reason,
            @NotBlank @Size(max = LONGEST) String note,
            @NotBlank @Size(max = 100) String approver,
            @Nullable Contact told,
            @Nullable Integer expectedVersion) {}

    record Facts(
            @NotBlank @Size(max = LONGEST) String facts,
            @Nullable Integer expectedVersion) {}

    record Delivery(@NotNull Contact way, @Nullable Integer expectedVersion) {}

    private final Complaints complaints;
    private final ClockChoices choices;
    private final RecentWrites writes;
    private final ComplaintViews views;
    private final Packs packs;
    private final People people;
    private final CaseTelling telling;
    private final PartialUploads uploads;
    private final ComplaintFiles files;
    private final Problems problems;

    ComplaintChangesApi(
            Complaints complaints,
            ClockChoices choices,
            RecentWrites writes,
            ComplaintViews views,
            Packs packs,
            People people,
            CaseTelling telling,
            PartialUploads uploads,
            ComplaintFiles files,
            Problems problems) {
        this.complaints = complaints;
        this.choices = choices;
        this.writes = writes;
        this.views = views;
        this.packs = packs;
        this.people = people;
        this.telling = telling;
        this.uploads = uploads;
        this.files = files;
        this.problems = problems;
    }

    @PostMapping("/ownership")
    @Operation(summary = "Confirm the owner; with a reason: change the owner")
    ComplaintView own(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Ownership body,
            Texts t) {
        UUID owner = people.active("/owner", body.owner());
        Command command = body.reason() == null
                ? new Command.ConfirmOwnership(owner)
                : new Command.TransferOwnership(owner, body.reason());
        return perform(token, number, body.expectedVersion(), command, t);
    }

    @PostMapping("/assessment")
    @Operation(summary = "Assess: kind, category, severity, priority, responsible department")
    ComplaintView assess(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Assessment body,
            Texts t) {
        Complaint now = views.complaint(token, number);
        Pack pack = packs.get(now.pack(), now.packVersion());
        String category = body.category() == null ? now.category() : body.category();
        String department = body.department() == null ? now.department() : body.department();
        if (body.category() != null && pack.categories().find(body.category()).isEmpty()) {
            throw new BadInput("/category", "complaint.field.category");
        }
        if (body.department() != null
                && pack.departments().find(body.department()).isEmpty()) {
            throw new BadInput("/department", "complaint.field.department");
        }
        var command = new Command.Assess(
                body.kind() == null ? now.kind() : body.kind(),
                category,
                body.severity() == null ? now.severity() : body.severity(),
                body.priority() == null ? now.priority() : body.priority(),
                department,
                body.handler() == null ? now.handler() : people.active("/handler", body.handler()),
                body.note(),
                body.factors() == null ? null : body.factors().factors());
        // What was left out was read here: nobody may have changed it since.
        Integer expected = body.expectedVersion() == null ? Integer.valueOf(now.version()) : body.expectedVersion();
        return perform(token, number, expected, command, t);
    }

    @PostMapping("/verification")
    @Operation(summary = "Record what was found")
    ComplaintView verify(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Verification body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.Verify(body.finding(), body.account()), t);
    }

    @PostMapping("/solution")
    @Operation(summary = "Record the decision; a rejected claim names the customer's further routes")
    ComplaintView solve(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Solution body,
            Texts t) {
        return perform(
                token,
                number,
                body.expectedVersion(),
                new Command.Solve(body.outcome(), body.measures(), body.routes()),
                t);
    }

    @PostMapping("/result-notice")
    @Operation(summary = "Record that the customer was told the result")
    ComplaintView tell(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody ResultNotice body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.TellResult(body.way(), body.text()), t);
    }

    @PostMapping("/confirmation")
    @Operation(summary = "Record the customer's answer; UNREACHED after three recorded attempts")
    ComplaintView confirm(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Answer body,
            Texts t) {
        String reason = body.reason() == null ? "" : body.reason();
        Command command =
                switch (body.answer()) {
                    case CONFIRMED -> new Command.Confirm(body.comment(), body.rating());
                    case NOT_SATISFIED -> new Command.RefuseResult(reason);
                    case UNREACHED -> new Command.CloseUnreached(reason);
                };
        return perform(token, number, body.expectedVersion(), command, t);
    }

    @PostMapping("/confirmation-attempts")
    @Operation(summary = "Record an attempt to get the customer's answer")
    ComplaintView attempt(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Attempt body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.RecordAttempt(body.way(), body.note()), t);
    }

    @PostMapping("/archiving")
    @Operation(summary = "Archive")
    ComplaintView archive(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Archiving body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.Archive(body.cause()), t);
    }

    @PostMapping("/information")
    @Operation(summary = "Add information from the customer; clocks that waited for it run on")
    ComplaintView inform(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Information body,
            Texts t) {
        // What a customer says to a number that was joined reaches the complaint in which it goes on.
        List<Attachment> attachments = UploadedFile.read(body.attachments(), uploads, token);
        var command = new Command.AddInformation(body.text(), attachments);
        ComplaintNumber named = ComplaintViews.number(number);
        ComplaintNumber living = complaints.living(named);
        return living.equals(named)
                ? perform(token, number, body.expectedVersion(), command, files.used(attachments), t)
                : perform(token, living.digits(), null, command.through(named), files.used(attachments), t);
    }

    @PostMapping("/withdrawal")
    @Operation(summary = "Record that the customer takes the complaint back")
    ComplaintView withdraw(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Reason body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.Withdraw(body.reason()), t);
    }

    @PostMapping("/reopening")
    @Operation(summary = "Reopen an archived complaint")
    ComplaintView reopen(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Reason body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.Reopen(body.reason()), t);
    }

    @PostMapping("/return")
    @Operation(summary = "Send it one stage back")
    ComplaintView sendBack(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Reason body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.Return(body.reason()), t);
    }

    @PostMapping("/pauses")
    @Operation(summary = "Let the clocks that may pause for this reason stand still")
    ComplaintView pause(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Pause body,
            Texts t) {
        var command = new Command.PauseClocks(body.reason().name(), body.note(), body.told());
        return perform(token, number, body.expectedVersion(), command, t);
    }

    @PostMapping("/pause-ends")
    @Operation(summary = "Let the clocks that stood still for this reason run on")
    ComplaintView endPause(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody PauseEnd body,
            Texts t) {
        var command = new Command.ResumeClocks(body.reason().name(), body.note());
        return perform(token, number, body.expectedVersion(), command, t);
    }

    @PostMapping("/extensions")
    @Operation(summary = "Make a clock longer by the next step of its policy, granted by somebody who may")
    ComplaintView extend(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Extension body,
            Texts t) {
        Complaint now = views.complaint(token, number);
        StaffMember approver = people.activeMember("/approver", body.approver());
        choices.of(now).extension(body.clock()).ifPresent(each -> {
            boolean mayGrant = ClockActs.approver(each.step())
                    .map(role -> approver.roles().contains(role))
                    .orElse(false);
            if (!mayGrant) {
                throw new Refused("complaint.refused.extension-role", ClockActs.approverText(each.step(), t));
            }
        });
        var command =
                new Command.ExtendClock(body.clock(), body.reason().name(), body.note(), body.told(), approver.id());
        // Who may grant it was read here: it must be the same step.
        Integer expected = body.expectedVersion() == null ? Integer.valueOf(now.version()) : body.expectedVersion();
        return perform(token, number, expected, command, t);
    }

    @PostMapping("/facts")
    @Operation(summary = "Record new facts; clocks that allow it begin anew")
    ComplaintView addFacts(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Facts body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.AddFacts(body.facts()), t);
    }

    @PostMapping("/deliveries")
    @Operation(summary = "Record that the told result has reached the customer")
    ComplaintView deliver(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Valid @RequestBody Delivery body,
            Texts t) {
        return perform(token, number, body.expectedVersion(), new Command.RecordDelivery(body.way()), t);
    }

    private ComplaintView perform(
            TokenPrincipal token, String typed, @Nullable Integer expectedVersion, Command command, Texts t) {
        return perform(token, typed, expectedVersion, command, (complaint, writes) -> {}, t);
    }

    private ComplaintView perform(
            TokenPrincipal token,
            String typed,
            @Nullable Integer expectedVersion,
            Command command,
            BiConsumer<Complaint, Writes> alongside,
            Texts t) {
        ComplaintNumber number = ComplaintViews.number(typed);
        if (!token.reach().isAll()) {
            views.complaint(token, typed);
        }
        Complaint after = complaints.perform(number, expectedVersion, command, token.actor(), alongside);
        writes.remember(token.id(), after);
        return views.of(after, t);
    }

    /** What happened since the version that the sender expected. */
    public record Change(int sequence, Instant at, People.Doer actor, String type, String name) {}

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> changed(Complaints.Changed changed, HttpServletRequest request, Texts t) {
        Map<UUID, StaffMember> doers = people.known(changed.since().stream()
                .map(HistoryEvent::actor)
                .filter(actor -> actor.kind() == Actor.Kind.STAFF)
                .map(actor -> UUID.fromString(actor.id()))
                .distinct()
                .toList());
        Complaint now = complaints.find(changed.number()).orElseThrow();
        var names = new EventNames(telling, packs.get(now.pack(), now.packVersion()), doers, t);
        List<Change> changes = changed.since().stream()
                .map(event -> new Change(
                        event.sequence(),
                        event.at(),
                        People.doer(event.actor(), doers, t),
                        event.type(),
                        names.of(event)))
                .toList();
        return problems.of(changed, Map.of("changes", changes), request);
    }
}
