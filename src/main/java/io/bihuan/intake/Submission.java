package io.bihuan.intake;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Registration;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.pack.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody brings in, as it was written: nothing is checked yet. Blank optional values count as absent.
 *
 * @param kind a complaint unless it says otherwise
 * @param category code in the pack; the triage proposes one when it is absent
 * @param product answers to the pack's form, by key
 * @param remedySought code or name in the pack
 * @param customersAffected at least 1
 * @param origin the source of the external number; with it the external number is unique
 * @param receivedAt when it reached the company; now when absent
 * @param agent who registers it and so owns it; the agent on duty when absent
 * @param archive for a case that was closed before it came here
 */
public record Submission(
        Door door,
        String businessLine,
        Channel channel,
        @Nullable Kind kind,
        @Nullable String category,
        @Nullable String title,
        String content,
        @Nullable String customerName,
        @Nullable String customerPhone,
        @Nullable String customerEmail,
        Map<String, String> product,
        @Nullable String remedySought,
        int customersAffected,
        @Nullable String origin,
        @Nullable String externalNumber,
        @Nullable Instant occurredAt,
        @Nullable Instant receivedAt,
        List<Attachment> attachments,
        @Nullable UUID agent,
        Registration.@Nullable Archive archive) {
    /** Characters (code points). */
    public static final int LONGEST_CONTENT = 20_000;

    public static final int LONGEST_TITLE = 200;
    public static final int LONGEST_NAME = 100;
    public static final int LONGEST_PHONE = PhoneNumbers.LONGEST;
    public static final int LONGEST_EMAIL = 254;
    public static final int LONGEST_EXTERNAL_NUMBER = 100;
    public static final int MOST_ATTACHMENTS = 10;
    /** Nobody can be asked to send fewer: the message has come. */
    public static final int MOST_IN_A_MESSAGE = 100;

    /** Who filled it in decides how strictly it is read: a machine or a customer can correct, a sheet of paper cannot. */
    public enum Door {
        PORTAL,
        API,
        DESK,
        IMPORT,
        /** What a channel received while nobody waited at the other end. */
        MESSAGE;

        /** Whether a way to reach the customer must be given and be readable. */
        boolean needsContact() {
            return switch (this) {
                case PORTAL, API -> true;
                case DESK, IMPORT, MESSAGE -> false;
            };
        }

        /** Whether the pack's required questions must be answered. */
        boolean needsAnswers() {
            return switch (this) {
                case PORTAL, DESK -> true;
                case API, IMPORT, MESSAGE -> false;
            };
        }
    }

    public Submission {
        product = Collections.unmodifiableMap(new LinkedHashMap<>(product));
        attachments = List.copyOf(attachments);
    }

    public static Draft through(Door door, String businessLine, Channel channel) {
        return new Draft(door, businessLine, channel);
    }

    /** Collects what is known; everything but the content may be missing. */
    public static final class Draft {
        private final Door door;
        private final String businessLine;
        private final Channel channel;
        private @Nullable Kind kind;
        private @Nullable String category;
        private @Nullable String title;
        private String content = "";
        private @Nullable String customerName;
        private @Nullable String customerPhone;
        private @Nullable String customerEmail;
        private Map<String, String> product = Map.of();
        private @Nullable String remedySought;
        private int customersAffected = 1;
        private @Nullable String origin;
        private @Nullable String externalNumber;
        private @Nullable Instant occurredAt;
        private @Nullable Instant receivedAt;
        private List<Attachment> attachments = List.of();
        private @Nullable UUID agent;
        private Registration.@Nullable Archive archive;

        private Draft(Door door, String businessLine, Channel channel) {
            this.door = door;
            this.businessLine = businessLine;
            this.channel = channel;
        }

        public Draft kind(@Nullable Kind value) {
            kind = value;
            return this;
        }

        public Draft category(@Nullable String value) {
            category = value;
            return this;
        }

        public Draft title(@Nullable String value) {
            title = value;
            return this;
        }

        public Draft content(String value) {
            content = value;
            return this;
        }

        public Draft customer(@Nullable String name, @Nullable String phone, @Nullable String email) {
            customerName = name;
            customerPhone = phone;
            customerEmail = email;
            return this;
        }

        public Draft product(Map<String, String> value) {
            product = value;
            return this;
        }

        public Draft remedySought(@Nullable String value) {
            remedySought = value;
            return this;
        }

        public Draft customersAffected(int value) {
            customersAffected = value;
            return this;
        }

        public Draft external(@Nullable String source, @Nullable String number) {
            origin = source;
            externalNumber = number;
            return this;
        }

        public Draft occurredAt(@Nullable Instant value) {
            occurredAt = value;
            return this;
        }

        public Draft receivedAt(@Nullable Instant value) {
            receivedAt = value;
            return this;
        }

        public Draft attachments(List<Attachment> value) {
            attachments = value;
            return this;
        }

        public Draft agent(@Nullable UUID value) {
            agent = value;
            return this;
        }

        public Draft archive(Registration.@Nullable Archive value) {
            archive = value;
            return this;
        }

        public Submission build() {
            return new Submission(
                    door,
                    businessLine,
                    channel,
                    kind,
                    category,
                    title,
                    content,
                    customerName,
                    customerPhone,
                    customerEmail,
                    product,
                    remedySought,
                    customersAffected,
                    origin,
                    externalNumber,
                    occurredAt,
                    receivedAt,
                    attachments,
                    agent,
                    archive);
        }
    }
}
