package io.bihuan.chat;

import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Writes;
import java.util.UUID;

/**
 * Customers who talk in a place of their own, such as a messenger, and have no page here. The channel that reaches them has such a bean;
 * what they say it gives to {@link VisitorChats}.
 */
public interface Visitors {
    /** What stands before the colon of a visitor. */
    String source();

    /** Adds to the writes what is said to the customer there; the same occasion says it once. */
    void say(String visitor, UUID occasion, String text, Writes writes);

    /** Adds to the writes that the talk belongs to a case now. */
    void registered(String visitor, Complaint complaint, Writes writes);
}
