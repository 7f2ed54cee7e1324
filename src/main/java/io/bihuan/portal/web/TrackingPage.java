package io.bihuan.portal.web;

import io.bihuan.pack.Kind;
import io.bihuan.web.FieldErrors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complaint as its customer sees it: never a note, a reason or an assessment of the staff.
 *
 * @param path the address of this page
 * @param now one sentence that says where it stands
 * @param owner who of the staff stands for it
 * @param question what the staff asked and waits for
 * @param result what was told last, as long as it stands
 * @param offers what was proposed, the newest first
 */
public record TrackingPage(
        String path,
        Kind kind,
        String number,
        Instant registeredAt,
        List<Step> steps,
        String now,
        @Nullable String owner,
        List<Promised> promises,
        @Nullable String question,
        @Nullable Result result,
        List<Offered> offers,
        @Nullable Conversation conversation,
        List<Entry> entries,
        List<Fact> facts,
        boolean canAnswer,
        boolean canAdd,
        boolean canWithdraw,
        boolean canReopen,
        String hotline,
        String hotlineHours,
        InformationForm information,
        FilesPart files,
        ConfirmationForm confirmation,
        FieldErrors errors) {
    /** One of the five stages; the state is {@code past}, {@code now} or {@code next}. */
    public record Step(String label, String state) {}

    /** {@code changes} says what moved it, or may still. */
    public record Promised(String label, String until, String state, String tone, List<String> changes) {}

    /**
     * What the company decided and told.
     *
     * @param routes where else the customer may turn, when the claim was rejected
     * @param bodies external bodies of the pack, when the claim was rejected
     */
    public record Result(
            String text, Instant toldAt, @Nullable String routes, List<ExternalBody> bodies) {}

    /** A proposal and where it is read; {@code isOpen} while it waits for the customer. */
    public record Offered(String href, int number, boolean isOpen, Instant sentAt) {}

    /**
     * The thread to which the staff invited the customer.
     *
     * @param form the token of its form
     */
    public record Conversation(boolean isOpen, List<Line> lines, String form, String typed) {
        /** {@code who} is null for the customer. */
        public record Line(@Nullable String who, Instant at, String text, List<OwnFile> files) {}
    }

    /** Something that happened, the newest first. */
    public record Entry(
            String title,
            Instant at,
            String icon,
            String tone,
            @Nullable String text,
            List<OwnFile> files) {}

    /** A file the customer sent. */
    public record OwnFile(String href, String name, String size, boolean isPicture) {}

    public record Fact(String label, String text) {}
}
