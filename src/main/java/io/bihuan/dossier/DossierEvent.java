package io.bihuan.dossier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.ComplaintEvent;

/** What happens to the file of a complaint. */
sealed interface DossierEvent extends ComplaintEvent.CaseEvent {
    /** Whoever works on the case is not held up by what is put down about its file. */
    @Override
    @JsonIgnore
    default boolean changesTheCase() {
        return false;
    }

    /**
     * The file of an archived complaint was put together; whoever has it can see that nothing of it was changed.
     *
     * @param sha256 of its whole text, in Chinese and with the customer's data, in hexadecimal
     * @param lines of that text
     * @param files how many belong to it
     */
    record DossierSealed(String sha256, int lines, int files) implements DossierEvent {}
}
