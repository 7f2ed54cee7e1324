package io.bihuan.standard;

import io.bihuan.pack.Label;
import java.util.List;

/** What to ask the customer, what to check and what to collect before anything is decided. */
public record Playbook(
        String name, Label label, Applies applies, List<Label> ask, List<Label> check, List<Label> collect) {}
