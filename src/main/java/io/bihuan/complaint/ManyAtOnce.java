package io.bihuan.complaint;

import io.bihuan.identity.SignedIn;
import java.util.List;

/** What can be done with the complaints that somebody has ticked in the worklist. */
public interface ManyAtOnce {
    /** What this person may do; nothing means that there is nothing to tick. */
    List<Deed> deeds(SignedIn who);

    /** The page that asks for the rest: it is given {@code deed}, {@code complaint} for each one ticked, {@code all} and {@code query}. */
    String path();

    /** A choice: its value in the form, and the key of its words. */
    record Deed(String value, String textKey) {}
}
