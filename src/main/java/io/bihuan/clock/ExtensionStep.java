package io.bihuan.clock;

/**
 * One way in which a limit may be made longer; the steps of a policy are taken in their order.
 *
 * @param amount in the unit of the clock
 * @param approver the role that may grant it
 * @param mustTell whether the customer has to be told
 * @param times how often
 */
public record ExtensionStep(int amount, String approver, boolean mustTell, int times) {}
