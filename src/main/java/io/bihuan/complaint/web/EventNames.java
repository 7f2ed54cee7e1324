package io.bihuan.complaint.web;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Pack;
import io.bihuan.web.Texts;
import java.util.Map;
import java.util.UUID;

/** What kind of thing each event of a complaint is, in words: neighbouring modules name their own. */
record EventNames(CaseTelling telling, Pack pack, Map<UUID, StaffMember> people, Texts t) {
    String of(HistoryEvent event) {
        if (event.event() instanceof ComplaintEvent.CaseEvent work) {
            var reader = new CaseEventWords.Reader(
                    pack, actor -> People.doer(actor, people, t).name(), t);
            return telling.words(work, reader).title();
        }
        return t.of("complaint.event." + event.type());
    }
}
