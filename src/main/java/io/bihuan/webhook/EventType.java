package io.bihuan.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other systems can hear of, each an event of the history. */
public enum EventType {
    REGISTERED("Registered", "complaint.registered"),
    ACKNOWLEDGED("Acknowledged", "complaint.acknowledged"),
    OWNER_CONFIRMED("OwnershipConfirmed", "complaint.owner_confirmed"),
    OWNER_CHANGED("OwnershipTransferred", "complaint.owner_changed"),
    ASSESSED("Assessed", "complaint.assessed"),
    VERIFIED("Verified", "complaint.verified"),
    SOLVED("Solved", "complaint.solved"),
    RESULT_TOLD("ResultTold", "complaint.result_told"),
    RESULT_DELIVERED("ResultDelivered", "complaint.result_delivered"),
    CONFIRMED("Confirmed", "complaint.confirmed"),
    RESULT_REFUSED("ResultRefused", "complaint.result_refused"),
    CLOSED_UNREACHED("ClosedUnreached", "complaint.closed_unreached"),
    ARCHIVED("Archived", "complaint.archived"),
    RETURNED("Returned", "complaint.returned"),
    WITHDRAWN("Withdrawn", "complaint.withdrawn"),
    REOPENED("Reopened", "complaint.reopened"),
    INFORMATION_ADDED("InformationAdded", "complaint.information_added"),
    CUSTOMER_ASKED("CustomerAsked", "complaint.customer_asked"),
    SEVERITY_RAISED("SeverityRaised", "complaint.severity_raised"),
    KIND_CONVERTED("KindConverted", "complaint.kind_converted"),
    JOINED("Joined", "complaint.joined"),
    SEPARATED("Separated", "complaint.separated"),
    AUTHORITY_ANSWERED("AuthorityAnswered", "complaint.authority_answered"),
    ERASED("Erased", "complaint.erased");

    private static final Map<String, EventType> BY_EVENT =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(type -> type.event, Function.identity()));
    private static final Map<String, EventType> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(type -> type.code, Function.identity()));

    private final String event;
    private final String code;

    EventType(String event, String code) {
        this.event = event;
        this.code = code;
    }

    /** As receivers read it: {@code complaint.registered}. Never changes. */
    public String code() {
        return code;
    }

    /** What an event of the history is told as; empty for one that concerns nobody outside. */
    static Optional<EventType> ofEvent(String type) {
        return Optional.ofNullable(BY_EVENT.get(type));
    }

    public static Optional<EventType> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
