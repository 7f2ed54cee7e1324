package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.customer.CustomerHistory;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.identity.SignedIn;
import io.bihuan.privacy.Personal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the customer of a complaint: whoever has its phone, else its e-mail address. */
@Component
class CustomerTies {
    private final Customers customers;
    private final CustomerHistory history;

    CustomerTies(Customers customers, CustomerHistory history) {
        this.customers = customers;
        this.history = history;
    }

    @Nullable
    CustomerTie of(Complaint complaint, SignedIn who) {
        List<Identity> identities = Stream.concat(
                        Identity.phone(Personal.text(complaint.customer().phone())).stream(),
                        Identity.email(Personal.text(complaint.customer().email())).stream())
                .toList();
        return customers
                .known(identities)
                .map(person -> new CustomerTie(person, history.open(person, who)))
                .orElse(null);
    }
}
