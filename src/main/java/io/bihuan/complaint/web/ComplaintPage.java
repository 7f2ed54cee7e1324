package io.bihuan.complaint.web;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.HandlerProposals;
import io.bihuan.complaint.Originals;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.Stage;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.statute.FindingText;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complaint with everything its page shows.
 *
 * @param acts what the reader may do to the clocks
 * @param older the sequence number before which the next older events lie; null when there are none
 * @param isNewest whether the shown events are the newest
 * @param suggestion how the rules of the pack would assess it; null where nothing is to be assessed
 * @param categoryChosen who chose the category, and when; null where the rules did
 * @param proposedHandler whom the points speak for, where nobody handles it yet
 * @param typed what comes again because it could not be done
 * @param since what others did while somebody was typing
 * @param rights what the law says of the answers of its form
 * @param done the form that was just sent, whose draft is no longer needed
 * @param ties what it has to do with others
 * @param head the way to the pages beside this one, {@code glances} what stands there
 * @param originals what it was made of, as it came
 * @param guidance what its pack says about handling it
 * @param tie the customer whose complaint it is; null when nobody is known by its contacts
 */
public record ComplaintPage(
        Complaint complaint,
        Terms terms,
        CustomerCard customer,
        List<ProductAnswers.Line> answers,
        String owner,
        String handler,
        boolean isOwner,
        List<ClockLine> clocks,
        ClockActs acts,
        List<TimelineEntry> events,
        @Nullable Integer older,
        boolean isNewest,
        List<Evidence> files,
        List<WorklistRow> related,
        boolean mayAct,
        Assessor.@Nullable Suggestion suggestion,
        @Nullable String categoryChosen,
        HandlerProposals.@Nullable Proposed proposedHandler,
        List<Option> owners,
        List<Terms.Group> handlers,
        String trackingUrl,
        Typed typed,
        List<TimelineEntry> since,
        String done,
        EscalationCard escalation,
        List<FindingText> rights,
        GuidanceCard guidance,
        @Nullable CustomerTie tie,
        TiesCard ties,
        CasePages.Head head,
        List<CasePart.Glance> glances,
        List<Originals.Original> originals) {
    /** The page of what customers are told, beside this one. */
    private static final String MESSAGES = "messages";

    public String number() {
        return complaint.number().digits();
    }

    public String path() {
        return "/desk/complaints/" + number();
    }

    /** Where the result is written and sent, or recorded as said: beside this page, with the letter for it. */
    public String telling() {
        Purpose purpose = complaint.outcome() == Outcome.REJECTED ? Purpose.REJECTION : Purpose.RESULT;
        return guidance.guidance().letters().stream()
                .filter(letter -> letter.purpose() == purpose && letter.channel() != Letter.Way.LETTER)
                .findFirst()
                .map(letter -> messages(letter.name(), ""))
                .orElse(path() + "/" + MESSAGES + "#compose");
    }

    /** Where the chosen letter is filled in and sent; null where that cannot be done. */
    public @Nullable String sending() {
        Letter letter = guidance.letters().chosen();
        if (letter == null
                || letter.channel() == Letter.Way.LETTER
                || !mayAct
                || !complaint.isOpen()
                || complaint.isJoined()
                || complaint.erasedAt() != null) {
            return null;
        }
        boolean isResult = letter.purpose() == Purpose.RESULT || letter.purpose() == Purpose.REJECTION;
        return isResult && !can("telling")
                ? null
                : messages(letter.name(), guidance.letters().language());
    }

    private String messages(String letter, String language) {
        return path() + "/" + MESSAGES + "?letter=" + letter + (language.isEmpty() ? "" : "&in=" + language)
                + "#compose";
    }

    /** Name of the draft of a form: it belongs to this complaint; that of the registration is there before any complaint. */
    public String draft(String deed) {
        return deed.equals("registration") ? "desk-registration" : "complaint-" + complaint.id() + "-" + deed;
    }

    /** What to put into a field: what was typed, else the given value. */
    public String value(String deed, String field, @Nullable String otherwise) {
        String value = typed.value(deed, field);
        return value != null ? value : otherwise == null ? "" : otherwise;
    }

    public List<ClockLine> openClocks() {
        return clocks.stream().filter(ClockLine::isOpen).toList();
    }

    public List<ClockLine> endedClocks() {
        return clocks.stream().filter(clock -> !clock.isOpen()).toList();
    }

    public @Nullable String error(String deed, String field) {
        return typed.error(deed, field);
    }

    /** Whether the rules can allow this deed now; what they decide in detail stays theirs. */
    public boolean can(String deed) {
        if (!mayAct || complaint.erasedAt() != null) {
            return false;
        }
        if (complaint.isJoined()) {
            return deed.equals("separation");
        }
        Stage stage = complaint.stage();
        boolean isEarly = stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE;
        boolean isOpen = complaint.isOpen();
        boolean isTold = complaint.toldAt() != null;
        return switch (deed) {
            case "information", "notes" -> true;
            case "ownership" -> isOpen && complaint.ownerConfirmedAt() == null;
            case "transfer" -> isOpen;
            case "assessment" -> isOpen && isEarly && complaint.ownerConfirmedAt() != null;
            case "verification" -> isOpen && stage == Stage.VERIFY;
            case "solution" -> isOpen && stage == Stage.HANDLE;
            case "telling" -> isOpen && stage == Stage.FEEDBACK;
            case "confirmation", "attempts" -> isOpen && stage == Stage.FEEDBACK && isTold;
            case "archiving" -> isOpen && stage == Stage.ARCHIVE;
            case "reopening" -> stage == Stage.ARCHIVE;
            case "return" -> isOpen && (stage == Stage.VERIFY || stage == Stage.HANDLE);
            case "withdrawal" -> isOpen && isEarly && !complaint.isSharedWithOthers();
            case "question" -> isOpen && isEarly && !complaint.isWaiting();
            case "pauses" -> !acts.pauses().isEmpty();
            case "pause-ends" -> !acts.standing().isEmpty();
            case "extensions" -> !acts.extensions().isEmpty();
            case "policy-replacements" -> !acts.replacements().isEmpty();
            case "facts" -> isOpen && isEarly && !acts.restarting().isEmpty();
            case "contacts" -> isOpen && isEarly;
            case "deliveries" -> acts.isDeliveryAwaited();
            case "ties" -> isOpen;
            case "tie-ends" -> !complaint.links().isEmpty();
            case "separation" -> false;
            case "kind" -> isOpen && isEarly;
            case "resumption" -> isOpen && complaint.isWaiting();
            // Their forms stand beside what they are about.
            case "acknowledgement", "completion" -> false;
            default -> throw new IllegalArgumentException(deed);
        };
    }
}
