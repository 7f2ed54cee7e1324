package io.bihuan.customer.web;

import io.bihuan.customer.Contact;
import io.bihuan.customer.CustomerDetails;
import io.bihuan.customer.CustomerHistory;
import io.bihuan.customer.CustomerReveals;
import io.bihuan.customer.CustomerSearch;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Person;
import io.bihuan.customer.PreferredContact;
import io.bihuan.customer.SamePersons;
import io.bihuan.customer.Vulnerability;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Customers at the desk: found by what names them, shown on one page, marked, merged and separated. */
@Controller
@RequestMapping("/desk/customers")
class CustomerController {
    private static final int JOURNAL = 30;
    private static final String SAME_REASON = "customer.page.same.reason";

    private final Customers customers;
    private final CustomerSearch search;
    private final SamePersons samePersons;
    private final CustomerHistory history;
    private final CustomerReveals reveals;
    private final ActorNames names;

    CustomerController(
            Customers customers,
            CustomerSearch search,
            SamePersons samePersons,
            CustomerHistory history,
            CustomerReveals reveals,
            ActorNames names) {
        this.customers = customers;
        this.search = search;
        this.samePersons = samePersons;
        this.history = history;
        this.reveals = reveals;
        this.names = names;
    }

    /** What the page is to show beside the customer itself. */
    private record Wish(
            @Nullable Kind kind,
            @Nullable String after,
            boolean reveal,
            String form,
            Map<String, String> typed,
            FieldErrors errors) {
        static Wish again(String form, Map<String, String> typed, FieldErrors errors) {
            return new Wish(null, null, false, form, typed, errors);
        }
    }

    @GetMapping
    Page index(@RequestParam(defaultValue = "") String q) {
        return Page.of("customer/customers", new CustomersPage(q.strip(), search.find(q)));
    }

    @GetMapping("/{id}")
    Page show(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable String after,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        if (!person.id().toString().equals(id)) {
            return Page.to("/desk/customers/" + person.id());
        }
        Kind only = constant(Kind.class, "kind", kind);
        return Page.of(
                "customer/customer",
                page(person, new Wish(only, after, false, "", Map.of(), FieldErrors.NONE), who, t));
    }

    @PostMapping("/{id}/reveal")
    Page reveal(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        FieldErrors errors = text("reason", reason, Customers.LONGEST_REASON, t);
        if (errors.any()) {
            return again(person, "reveal", Map.of("reason", reason), errors, who, t);
        }
        reveals.record(person.id(), who.id(), "all", reason.strip());
        return Page.of(
                "customer/customer", page(person, new Wish(null, null, true, "", Map.of(), FieldErrors.NONE), who, t));
    }

    @PostMapping("/{id}/name")
    Page name(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        FieldErrors errors = text("name", name, CustomerDetails.LONGEST_NAME, t);
        if (errors.any()) {
            return again(person, "name", Map.of("name", name), errors, who, t);
        }
        customers.rename(person.id(), name, who.actor());
        return Page.done("/desk/customers/" + person.id(), "customer.done.name");
    }

    @PostMapping("/{id}/marks")
    Page mark(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String vulnerable,
            @RequestParam(defaultValue = "") String preferred,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        var typed = Map.of("vulnerable", vulnerable, "preferred", preferred, "note", note);
        if (note.codePointCount(0, note.length()) > Customers.LONGEST_REASON) {
            return again(
                    person,
                    "marks",
                    typed,
                    FieldErrors.NONE.with("note", t.of("web.field.long", Customers.LONGEST_REASON)),
                    who,
                    t);
        }
        customers.mark(
                person.id(),
                constant(Vulnerability.class, "vulnerable", vulnerable),
                constant(PreferredContact.class, "preferred", preferred),
                who.actor(),
                note);
        return Page.done("/desk/customers/" + person.id(), "customer.done.marks");
    }

    /** Somebody is reached by a contact after all. */
    @PostMapping("/{id}/recoveries")
    Page recover(@PathVariable String id, @RequestParam String contact, @AuthenticationPrincipal SignedIn who) {
        Person person = person(id);
        Contact found = person.contacts().stream()
                .filter(each -> each.id().toString().equals(contact))
                .findFirst()
                .orElseThrow(() -> new NotFound("contact " + contact));
        customers.contact(found.identity(), null, who.actor());
        return Page.done("/desk/customers/" + person.id(), "customer.done.recovery");
    }

    /** Takes another customer into this one: one that was suggested, or the one that is found by what was typed. */
    @PostMapping("/{id}/merges")
    Page merge(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String other,
            @RequestParam(defaultValue = "") String found,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        boolean isSuggested = !other.isEmpty();
        var typed = Map.of("found", found, "reason", reason);
        FieldErrors errors = isSuggested ? FieldErrors.NONE : text("reason", reason, Customers.LONGEST_REASON, t);
        UUID merged = null;
        if (isSuggested) {
            merged = person(other).id();
        } else {
            List<Person> all = search.find(found).stream()
                    .filter(each -> !each.id().equals(person.id()))
                    .toList();
            if (all.size() == 1) {
                merged = all.getFirst().id();
            } else {
                errors = errors.with(
                        "found", t.of(all.isEmpty() ? "customer.page.merge.none" : "customer.page.merge.several"));
            }
        }
        if (errors.any() || merged == null) {
            return again(person, "merges", typed, errors, who, t);
        }
        try {
            customers.merge(merged, person.id(), who.actor(), isSuggested ? t.of(SAME_REASON) : reason.strip());
        } catch (Refused refused) {
            return again(person, "merges", typed, FieldErrors.NONE.with("", t.of(refused)), who, t);
        }
        return Page.done("/desk/customers/" + person.id(), "customer.done.merge");
    }

    @PostMapping("/{id}/separations")
    Page separate(
            @PathVariable String id,
            @RequestParam String merged,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        UUID row = uuid(merged);
        if (person.merged().stream().noneMatch(each -> each.id().equals(row))) {
            throw new Customers.Conflict("customer.refused.not-merged");
        }
        FieldErrors errors = text("reason", reason, Customers.LONGEST_REASON, t);
        if (errors.any()) {
            return again(person, "separations", Map.of("reason", reason, "merged", merged), errors, who, t);
        }
        customers.separate(row, who.actor(), reason.strip());
        return Page.done("/desk/customers/" + person.id(), "customer.done.separation");
    }

    @PostMapping("/{id}/dismissals")
    Page dismiss(@PathVariable String id, @RequestParam String other, @AuthenticationPrincipal SignedIn who) {
        Person person = person(id);
        samePersons.dismiss(person.id(), uuid(other), who.actor());
        return Page.done("/desk/customers/" + person.id(), "customer.done.dismissal");
    }

    @PostMapping("/{id}/erasure")
    Page erase(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean confirmed,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Person person = person(id);
        if (!confirmed) {
            return again(
                    person,
                    "erasure",
                    Map.of(),
                    FieldErrors.NONE.with("confirmed", t.of("customer.page.erase.confirm.missing")),
                    who,
                    t);
        }
        customers.erase(person.id(), who.actor());
        return Page.done("/desk/customers/" + person.id(), "customer.done.erasure");
    }

    private Person person(String id) {
        return customers.find(uuid(id)).orElseThrow(() -> new NotFound("customer " + id));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("customer " + id);
        }
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String name, String value) {
        if (value.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "/" + name,
                        "web.json.choice",
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static FieldErrors text(String field, String value, int longest, Texts t) {
        if (value.isBlank()) {
            return FieldErrors.NONE.with(field, t.of("web.field.missing"));
        }
        return value.codePointCount(0, value.length()) > longest
                ? FieldErrors.NONE.with(field, t.of("web.field.long", longest))
                : FieldErrors.NONE;
    }

    private Page again(
            Person person, String form, Map<String, String> typed, FieldErrors errors, SignedIn who, Texts t) {
        return Page.invalid("customer/customer", page(person, Wish.again(form, typed, errors), who, t));
    }

    private CustomerPage page(Person person, Wish wish, SignedIn who, Texts t) {
        boolean mayChange = CustomerRoutes.maySpeak(who) && person.erasedAt() == null;
        return new CustomerPage(
                person,
                wish.reveal(),
                mayChange,
                CustomerRoutes.mayErase(who) && person.erasedAt() == null,
                history.open(person.known(), who),
                history.page(person, wish.kind(), wish.after(), who, t),
                wish.kind(),
                wish.after() == null,
                mayChange ? samePersons.of(person) : List.of(),
                journal(person, t),
                wish.form(),
                wish.typed(),
                wish.errors());
    }

    private List<CustomerPage.Line> journal(Person person, Texts t) {
        var entries = customers.journal(person, JOURNAL);
        var by =
                names.of(entries.stream().map(entry -> entry.actor().toString()).collect(Collectors.toSet()), t);
        return entries.stream()
                .map(entry -> new CustomerPage.Line(
                        entry.at(),
                        entry.actor().kind() == Actor.Kind.CUSTOMER
                                ? t.of("customer.page.journal.customer")
                                : by.of(entry.actor().toString()),
                        t.of(entry.deed()),
                        entry.note()))
                .toList();
    }
}
