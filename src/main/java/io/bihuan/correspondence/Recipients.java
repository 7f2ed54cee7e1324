package io.bihuan.correspondence;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.customer.Contact;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.IdentityKind;
import io.bihuan.customer.Person;
import io.bihuan.customer.PreferredContact;
import io.bihuan.message.Recipient;
import io.bihuan.message.Way;
import io.bihuan.privacy.Personal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the customer of a complaint can be reached, and how he wants to be. */
@Component
class Recipients {
    private static final String MOBILE = "\\+861[3-9]\\d{9}";
    private static final String HOME = "+86";

    /** @param ways in the order in which they are tried; none when nobody can be reached */
    record Reach(List<Way> ways, Recipient to) {}

    private final Customers customers;

    Recipients(Customers customers) {
        this.customers = customers;
    }

    /** @param first the way that a colleague has chosen; null: as the customer wants it */
    Reach of(Complaint complaint, @Nullable Way first, Locale language) {
        String phone = blankIsNone(Personal.valueOf(complaint.customer().phone()));
        String email = blankIsNone(Personal.valueOf(complaint.customer().email()));
        Optional<Person> person = person(phone, email);
        List<Contact> contacts = person.map(Person::contacts).orElse(List.of());
        String openId = contacts.stream()
                .filter(contact -> !contact.isFailed() && contact.identity().kind() == IdentityKind.WECHAT)
                .map(contact -> contact.identity().value())
                .findFirst()
                .orElse(null);
        var possible = new LinkedHashSet<Way>();
        if (complaint.channel() == Channel.WECHAT) {
            possible.add(Way.WECHAT);
        }
        if (phone != null && (phone.matches(MOBILE) || !phone.startsWith(HOME))) {
            possible.add(Way.SMS);
        }
        if (openId != null) {
            possible.add(Way.WECHAT);
        }
        if (email != null) {
            possible.add(Way.EMAIL);
        }
        if (phone != null) {
            possible.add(Way.PHONE);
        }
        var working = new LinkedHashSet<>(possible);
        if (isFailed(contacts, IdentityKind.PHONE, phone)) {
            working.removeAll(List.of(Way.SMS, Way.PHONE));
        }
        if (isFailed(contacts, IdentityKind.EMAIL, email)) {
            working.remove(Way.EMAIL);
        }
        var ways = new LinkedHashSet<Way>();
        Stream.of(Optional.ofNullable(first), person.map(Person::preferred).flatMap(Recipients::way))
                .flatMap(Optional::stream)
                .filter(possible::contains)
                .filter(way -> way == first || working.contains(way))
                .forEach(ways::add);
        // A number that once failed is better than none.
        ways.addAll(working.isEmpty() ? possible : working);
        String tongue = language.getLanguage().equals("en") ? "en" : "zh-CN";
        return new Reach(new ArrayList<>(ways), new Recipient(phone, email, openId, tongue));
    }

    private Optional<Person> person(@Nullable String phone, @Nullable String email) {
        List<Identity> identities = Stream.of(
                        phone == null ? Optional.<Identity>empty() : Identity.phone(phone),
                        email == null ? Optional.<Identity>empty() : Identity.email(email))
                .flatMap(Optional::stream)
                .toList();
        return identities.isEmpty() ? Optional.empty() : customers.findAny(identities);
    }

    private static boolean isFailed(List<Contact> contacts, IdentityKind kind, @Nullable String value) {
        Predicate<Contact> same = contact -> contact.identity().kind() == kind
                && value != null
                && contact.identity().value().equalsIgnoreCase(value);
        return contacts.stream().anyMatch(same.and(Contact::isFailed));
    }

    private static Optional<Way> way(PreferredContact preferred) {
        return switch (preferred) {
            case PHONE -> Optional.of(Way.PHONE);
            case SMS -> Optional.of(Way.SMS);
            case EMAIL -> Optional.of(Way.EMAIL);
            case WECHAT -> Optional.of(Way.WECHAT);
            // Nobody posts letters here; he is reached as everybody else until somebody does.
            case LETTER -> Optional.empty();
        };
    }

    private static @Nullable String blankIsNone(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
