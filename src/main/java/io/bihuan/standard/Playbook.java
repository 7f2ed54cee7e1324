package io.bihuan.standard;

import io.bihuan.pack.Label;
import java.util.List;

/**
 * What to ask the customer, what to check and what to collect before anything is decided.
 *
 * @param required whether nothing may be verified without it, also where no investigation was begun
 * @param notices when the customer hears of the progress
 */
public record Playbook(
        String name,
        Label label,
        Applies applies,
        boolean required,
        List<Label> ask,
        List<Label> check,
        List<Label> collect,
        NoticePlan notices) {}
