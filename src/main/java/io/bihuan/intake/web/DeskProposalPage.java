package io.bihuan.intake.web;

import io.bihuan.pack.Pack;
import io.bihuan.triage.Proposal;
import org.jspecify.annotations.Nullable;

/**
 * What the rules make of a form as it stands.
 *
 * @param proposal null while there is nothing to judge
 */
public record DeskProposalPage(Pack pack, @Nullable Proposal proposal) {}
