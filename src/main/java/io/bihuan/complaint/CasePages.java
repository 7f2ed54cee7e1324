package io.bihuan.complaint;

import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Personal;
import io.bihuan.web.NotFound;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What all pages about one complaint share: who may open them, their head, the way from one to the other. */
@Component
public class CasePages {
    /** The tab of the complaint itself. */
    public static final String COMPLAINT = "";

    /**
     * The head of a page.
     *
     * @param active the path of the tab that is open
     * @param title of the complaint; its category when it has none
     */
    public record Head(Complaint complaint, String title, List<CasePart.Tab> tabs, String active) {
        public String path() {
            return "/desk/complaints/" + complaint.number().digits();
        }

        public String pathOf(CasePart.Tab tab) {
            return tab.path().isEmpty() ? path() : path() + "/" + tab.path();
        }
    }

    /** What the page of the complaint itself shares with the others, and what they say of it. */
    public record Front(Head head, List<CasePart.Glance> glances) {}

    private static final CasePart.Tab OWN = new CasePart.Tab("complaint.tab", COMPLAINT, "list", 0);

    private final Complaints complaints;
    private final Packs packs;
    private final ObjectProvider<CasePart> parts;
    private final ObjectProvider<CaseReach> reaches;

    CasePages(Complaints complaints, Packs packs, ObjectProvider<CasePart> parts, ObjectProvider<CaseReach> reaches) {
        this.complaints = complaints;
        this.packs = packs;
        this.parts = parts;
        this.reaches = reaches;
    }

    /** Whether the person may know of the complaint: it is of the own department, or the person works on it. */
    public boolean sees(SignedIn who, Complaint complaint) {
        String department = complaint.department();
        return who.reach().all()
                || (department != null && department.equals(who.reach().department()))
                || reaches.stream().anyMatch(each -> each.includes(complaint, who.id()));
    }

    /**
     * The complaint with this number.
     *
     * @throws NotFound when there is none, or the person may not know of it
     */
    public Complaint complaint(String number, SignedIn who) {
        return ComplaintNumber.read(number)
                .flatMap(complaints::find)
                .filter(complaint -> sees(who, complaint))
                .orElseThrow(() -> new NotFound("complaint " + number));
    }

    /**
     * The complaint that a form is about.
     *
     * @throws NotFound when there is none, or whoever sent it may not know of it
     */
    public Complaint complaint(SentForm<?> sent) {
        return complaint(sent.number(), sent.who());
    }

    /** The head of a page about the complaint. */
    public Head head(Complaint complaint, String active, SignedIn who, Texts t) {
        var tabs = new ArrayList<CasePart.Tab>();
        tabs.add(OWN);
        parts.orderedStream().forEach(part -> tabs.addAll(part.tabs(complaint, who)));
        return new Head(complaint, title(complaint, t), tabs, active);
    }

    /** The head of the page of the complaint itself, and what the neighbours say of it at a glance. */
    public Front front(Dossier dossier, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        var tabs = new ArrayList<CasePart.Tab>();
        tabs.add(OWN);
        var glances = new ArrayList<CasePart.Glance>();
        parts.orderedStream().map(part -> part.front(dossier, who, t)).forEach(front -> {
            tabs.addAll(front.tabs());
            glances.addAll(front.glances());
        });
        return new Front(new Head(complaint, title(complaint, t), tabs, COMPLAINT), glances);
    }

    private String title(Complaint complaint, Texts t) {
        String title = Personal.text(complaint.title());
        if (!title.isBlank()) {
            return title;
        }
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        String category = complaint.category();
        return category == null
                ? t.of("complaint.page.untitled")
                : pack.categories()
                        .find(category)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(category);
    }
}
