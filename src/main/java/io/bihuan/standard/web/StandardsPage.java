package io.bihuan.standard.web;

import io.bihuan.identity.Role;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Keeping;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Playbook;
import io.bihuan.standard.Standard;
import io.bihuan.standard.StandardTexts;
import io.bihuan.standard.Target;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Set;

/**
 * What the pack of a business line says about handling, of one category or of all.
 *
 * @param category the chosen one; empty for all
 * @param roles of the reader
 */
public record StandardsPage(
        String line,
        List<Option> lines,
        String category,
        List<Option> categories,
        String pack,
        int version,
        Parts parts,
        StandardTexts texts,
        Set<Role> roles) {
    public record Parts(
            List<Standard> standards,
            List<Playbook> playbooks,
            List<Compensation> compensation,
            List<Letter> letters,
            List<Target> targets,
            List<Keeping> retention) {}
}
