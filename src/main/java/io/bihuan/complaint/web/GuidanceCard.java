package io.bihuan.complaint.web;

import io.bihuan.complaint.Stage;
import io.bihuan.identity.Role;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.StandardTexts;
import java.util.Set;

/**
 * What the complaint's version of its pack says about handling it.
 *
 * @param roles of the reader: what may be granted without asking
 * @param stage which part is unfolded
 */
public record GuidanceCard(
        Guidance guidance, StandardTexts texts, Set<Role> roles, LetterCard letters, Stage stage, boolean isOpen) {
    /** Before anything is known what to find out is at hand, then what is due. */
    public boolean unfoldsPlaybook() {
        return isOpen && letters.chosen() == null && stage == Stage.VERIFY;
    }

    public boolean unfoldsStandard() {
        return isOpen && letters.chosen() == null && stage == Stage.HANDLE;
    }
}
