package io.bihuan.complaint.web;

import io.bihuan.customer.KnownPerson;

/** Who complains, as a customer over all channels. */
public record CustomerTie(KnownPerson person, int open) {}
