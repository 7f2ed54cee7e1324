package io.bihuan.correspondence;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.SignedIn;
import io.bihuan.message.MessageSubjects;
import io.bihuan.standard.Letter.Purpose;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names the complaints in lists of messages. */
@Component
class ComplaintMessages implements MessageSubjects {
    private final Complaints complaints;
    private final CasePages pages;

    ComplaintMessages(Complaints complaints, CasePages pages) {
        this.complaints = complaints;
        this.pages = pages;
    }

    @Override
    public String subject() {
        return Correspondence.SUBJECT;
    }

    /** The name of a letter begins with its purpose; of one that does not, nobody knows what it is for. */
    @Override
    public @Nullable String purposeKey(String purpose) {
        return Arrays.stream(Purpose.values())
                .filter(each -> (purpose + "-").startsWith(word(each) + "-"))
                .max(Comparator.comparingInt(each -> word(each).length()))
                .map(each -> "standard.purpose." + each.name())
                .orElse(null);
    }

    private static String word(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Map<UUID, Named> named(Collection<UUID> ids, SignedIn who) {
        return complaints.find(List.copyOf(ids)).stream()
                .filter(complaint -> pages.sees(who, complaint))
                .collect(Collectors.toMap(
                        Complaint::id,
                        complaint -> new Named(
                                complaint.number().readable(),
                                "/desk/complaints/" + complaint.number().digits() + "/messages")));
    }
}
