package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.Reveals;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows the customer's data, and what identifies them in the answers, once, for a reason that is recorded. */
@Controller
class RevealController {
    record RevealForm(
            @NotBlank @Size(max = Reveals.LONGEST_REASON) String reason) {}

    private final Desk desk;
    private final Reveals reveals;
    private final Packs packs;

    RevealController(Desk desk, Reveals reveals, Packs packs) {
        this.packs = packs;
        this.desk = desk;
        this.reveals = reveals;
    }

    @PostMapping("/desk/complaints/{number}/reveal")
    Page create(
            SentForm<RevealForm> sent,
            @RequestParam(defaultValue = "") String letter,
            @RequestParam(defaultValue = "") String in,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part) {
        String number = sent.number();
        SignedIn who = sent.who();
        Texts t = sent.t();
        Complaint complaint = desk.complaint(number, who);
        var answers = ProductAnswers.of(complaint, packs.get(complaint.pack(), complaint.packVersion()));
        var typed = Typed.of("reveal", sent, List.of("reason"));
        if (typed.errors().any()) {
            return part == null
                    ? desk.invalid(number, who, typed, t)
                    : Page.invalid("complaint/customer", CustomerCard.masked(complaint, answers, true, typed));
        }
        reveals.record(
                complaint,
                who.id(),
                fields(complaint.customer(), answers),
                sent.form().reason().strip());
        return part == null
                ? desk.revealed(number, who, new LetterWish(letter, in, ""), t)
                : Page.of(
                        "complaint/revealed",
                        new RevealedPage(CustomerCard.revealed(complaint), answers.lines(true, t)));
    }

    private static String fields(Customer customer, ProductAnswers answers) {
        Stream<String> contacts = Stream.of(
                customer.name() == null ? "" : "name",
                customer.phone() == null ? "" : "phone",
                customer.email() == null ? "" : "email");
        return Stream.concat(contacts, answers.maskedKeys().stream().map(key -> "product." + key))
                .filter(field -> !field.isEmpty())
                .collect(Collectors.joining(","));
    }
}
