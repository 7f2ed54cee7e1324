package io.bihuan.teamwork;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.privacy.Personal;
import java.util.List;
import java.util.UUID;

/** What happened to the thread that the customer shares with us. */
public sealed interface SharedEvent extends CaseEvent {
    record SharedThreadOpened(UUID by) implements SharedEvent {}

    /** Said for both sides to read, by the customer or by one of us. */
    record SharedSaid(UUID line, Personal text, List<Attachment> files) implements SharedEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    /** Why is for colleagues. */
    record SharedThreadEnded(UUID by, Personal reason) implements SharedEvent {}
}
