package io.bihuan.intake.web;

import io.bihuan.pack.Pack;
import io.bihuan.triage.Guessed;
import io.bihuan.triage.Proposal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules make of a form as it stands.
 *
 * @param proposal null while there is nothing to judge
 * @param suggestions categories to choose from, the likeliest first; empty once one is chosen
 */
public record DeskProposalPage(Pack pack, @Nullable Proposal proposal, List<Guessed> suggestions) {}
