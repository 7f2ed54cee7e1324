package io.bihuan.customer.web;

import io.bihuan.customer.Person;
import java.util.List;

/** The search for customers and what it found. */
public record CustomersPage(String q, List<Person> found) {
    public boolean isSearch() {
        return !q.isBlank();
    }
}
