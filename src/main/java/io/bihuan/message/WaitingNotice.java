package io.bihuan.message;

import java.time.Instant;
import java.util.UUID;

/**
 * A notice that may be told together with others.
 *
 * @param subject what it is about: several notices of one subject count as one
 * @param weight the heaviest is named when there are many
 * @param manyKey the text for many; its arguments are their number and the first argument of the heaviest
 * @param notBefore when the recipient may be told
 */
public record WaitingNotice(
        StaffNotice notice, UUID subject, int weight, String manyKey, String manyHref, Instant notBefore) {}
