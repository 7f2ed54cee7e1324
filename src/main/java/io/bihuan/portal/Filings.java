package io.bihuan.portal;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.Submission;
import io.bihuan.platform.Actor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Complaints that customers file themselves: each form once, and not without end from one address. */
@Component
public class Filings {
    private final Intake intake;
    private final SentForms forms;
    private final Allowances allowances;

    Filings(Intake intake, SentForms forms, Allowances allowances) {
        this.intake = intake;
        this.forms = forms;
        this.allowances = allowances;
    }

    /**
     * What became of a form.
     *
     * @param isChanged whether the form had been taken in before with other content: that is what stands
     */
    public record Filed(ComplaintNumber number, boolean isChanged) {}

    /** What became of the form when it was sent before. */
    public Optional<Filed> earlier(FormToken token, String content) {
        return forms.find(token, content).map(Filings::filed);
    }

    /**
     * Takes the complaint in, unless its form was taken in before.
     *
     * @param content all that the customer wrote in the form
     * @param address where the request came from
     * @throws InvalidSubmission with every wrong field
     * @throws TooOften when too many came from this address
     */
    public Filed file(FormToken token, String content, Submission submission, String address) {
        return filed(forms.once(token, content, alongside -> {
            allowances.use(Allowance.FILING, address);
            try {
                return intake.register(submission, Actor.CUSTOMER, alongside);
            } catch (InvalidSubmission invalid) {
                allowances.giveBack(Allowance.FILING, address);
                throw invalid;
            }
        }));
    }

    private static Filed filed(SentForms.Sent sent) {
        return new Filed(sent.number(), sent.isChanged());
    }
}
