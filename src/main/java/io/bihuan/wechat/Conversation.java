package io.bihuan.wechat;

import io.bihuan.complaint.ComplaintNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation with an OpenID stands.
 *
 * @param version counts what was written; 0 for one that is not stored yet
 * @param chosen the complaint that additions go to while there are several, until {@code chosenUntil}
 * @param dueAt when the draft is taken in as it is
 * @param heardAt when the customer was heard last
 */
record Conversation(
        UUID id,
        String account,
        String openId,
        int version,
        Step step,
        Draft draft,
        @Nullable ComplaintNumber chosen,
        @Nullable Instant chosenUntil,
        @Nullable Instant dueAt,
        @Nullable Instant heardAt,
        boolean isSubscribed) {
    /** What the account waits for. */
    enum Step {
        /** Nothing. */
        IDLE,
        /** What happened, in as many messages as it takes. */
        TELLING,
        /** The answer to a question of the pack. */
        ASKING,
        /** A phone number. */
        CONTACT,
        /** A yes to all of it. */
        CONFIRM,
        /** Which of several complaints is meant. */
        CHOOSE
    }

    Conversation idle() {
        return at(Step.IDLE, Draft.EMPTY, null);
    }

    Conversation at(Step next, Draft kept, @Nullable Instant due) {
        return new Conversation(
                id, account, openId, version, next, kept, chosen, chosenUntil, due, heardAt, isSubscribed);
    }

    Conversation meaning(ComplaintNumber number, Instant until) {
        return new Conversation(id, account, openId, version, step, draft, number, until, dueAt, heardAt, isSubscribed);
    }

    Conversation heard(Instant at) {
        return new Conversation(
                id, account, openId, version, step, draft, chosen, chosenUntil, dueAt, at, isSubscribed);
    }

    Conversation subscribed(boolean isSubscribedNow) {
        return new Conversation(
                id, account, openId, version, step, draft, chosen, chosenUntil, dueAt, heardAt, isSubscribedNow);
    }
}
