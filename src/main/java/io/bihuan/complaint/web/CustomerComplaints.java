package io.bihuan.complaint.web;

import io.bihuan.complaint.ComplaintsOfPerson;
import io.bihuan.complaint.Worklist;
import io.bihuan.customer.CustomerHistory;
import io.bihuan.customer.KnownPerson;
import io.bihuan.customer.Person;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.web.Cursor;
import io.bihuan.web.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The complaints on the page of a customer. */
@Component
class CustomerComplaints implements CustomerHistory {
    private static final int PAGE = 20;

    private final ComplaintsOfPerson complaints;

    CustomerComplaints(ComplaintsOfPerson complaints) {
        this.complaints = complaints;
    }

    @Override
    public Page page(Person person, @Nullable Kind kind, @Nullable String cursor, SignedIn who, Texts t) {
        Cursor after = Cursor.read(cursor, 2);
        Worklist.Page page = complaints.all(
                ComplaintsOfPerson.Contacts.of(person.known()),
                kind,
                who.reach(),
                after == null ? null : new Worklist.Cursor(after.instant(0), after.id(1)),
                PAGE);
        List<Line> lines = page.rows().stream().map(row -> line(row, t)).toList();
        Worklist.Cursor next = page.next();
        return new Page(lines, next == null ? null : Cursor.after(next.at(), next.id()));
    }

    @Override
    public int open(KnownPerson person, SignedIn who) {
        return complaints.countOpen(ComplaintsOfPerson.Contacts.of(person), who.reach(), MOST_COUNTED);
    }

    private static Line line(Worklist.Row row, Texts t) {
        boolean isOpen = row.archivedAt() == null;
        return new Line(
                row.number().readable(),
                "/desk/complaints/" + row.number().digits(),
                row.headline(t),
                t.of(row.kind()),
                t.of(row.channel()),
                isOpen ? t.of(row.stage()) : t.of("complaint.state.ARCHIVED"),
                isOpen,
                row.receivedAt(),
                isOpen ? row.dueAt() : null);
    }
}
