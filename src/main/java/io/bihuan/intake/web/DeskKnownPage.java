package io.bihuan.intake.web;

import io.bihuan.complaint.Worklist;
import io.bihuan.customer.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whoever calls from a phone number, or from one that begins so.
 *
 * @param isNumber whether what was typed is a whole phone number
 * @param person the customer; null when nobody is known by it, or several may be meant
 * @param candidates those whose number begins so, while it is not whole
 */
public record DeskKnownPage(
        boolean isNumber,
        @Nullable Person person,
        List<Person> candidates,
        List<Worklist.Row> open,
        int archived) {}
