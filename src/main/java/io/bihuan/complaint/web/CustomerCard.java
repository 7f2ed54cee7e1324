package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;

/**
 * Who complains, masked or, once and for a reason, as it is.
 *
 * @param hasMaskedAnswers whether the answers about the product hide something too
 * @param draft the reason that was typed but not accepted
 */
public record CustomerCard(
        String number,
        String name,
        String phone,
        String email,
        boolean hasMaskedAnswers,
        boolean mayReveal,
        boolean isRevealed,
        Typed draft) {
    static CustomerCard masked(Complaint complaint, ProductAnswers answers, boolean mayReveal, Typed draft) {
        return new CustomerCard(
                complaint.number().digits(),
                Masks.name(Personal.valueOf(complaint.customer().name())),
                Masks.phone(Personal.valueOf(complaint.customer().phone())),
                Masks.email(Personal.valueOf(complaint.customer().email())),
                !answers.maskedKeys().isEmpty(),
                mayReveal,
                false,
                draft);
    }

    static CustomerCard revealed(Complaint complaint) {
        return new CustomerCard(
                complaint.number().digits(),
                Personal.text(complaint.customer().name()),
                Personal.text(complaint.customer().phone()),
                Personal.text(complaint.customer().email()),
                false,
                true,
                true,
                Typed.NOTHING);
    }

    public boolean isKnown() {
        return !name.isEmpty() || !phone.isEmpty() || !email.isEmpty();
    }

    /** The number as people read it: +8613812345678 → 138 1234 5678. */
    public String readablePhone() {
        return isRevealed && phone.matches("\\+86\\d{11}")
                ? phone.substring(3, 6) + " " + phone.substring(6, 10) + " " + phone.substring(10)
                : phone;
    }
}
