package io.bihuan.complaint.web;

import io.bihuan.customer.Person;

/** Who complains, as a customer over all channels. */
public record CustomerTie(Person person, int open) {}
