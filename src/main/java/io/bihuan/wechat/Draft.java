package io.bihuan.wechat;

import io.bihuan.complaint.Attachment;
import io.bihuan.intake.Submission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said so far; stored.
 *
 * @param asking the key of the question that waits for its answer; {@link #CATEGORY} for the category
 * @param skipped what the customer does not want to answer
 * @param phone where to reach him, as he wrote it himself
 */
record Draft(
        List<String> texts,
        List<Attachment> attachments,
        @Nullable String asking,
        @Nullable String category,
        Map<String, String> product,
        Set<String> skipped,
        @Nullable String phone) {
    static final String CATEGORY = "category ";
    static final String PHONE = "phone ";
    static final Draft EMPTY = new Draft(List.of(), List.of(), null, null, Map.of(), Set.of(), null);

    Draft {
        texts = List.copyOf(texts);
        attachments = List.copyOf(attachments);
        product = Collections.unmodifiableMap(new LinkedHashMap<>(product));
        skipped = Collections.unmodifiableSet(new LinkedHashSet<>(skipped));
    }

    boolean hasContent() {
        return !texts.isEmpty() || !attachments.isEmpty();
    }

    String text() {
        return String.join("\n", texts);
    }

    /** Whether this much more can be kept in one complaint. */
    boolean takes(String text, List<Attachment> files) {
        return text().codePointCount(0, text().length()) + text.codePointCount(0, text.length()) + 1
                        <= Submission.LONGEST_CONTENT
                && attachments.size() + files.size() <= Submission.MOST_ATTACHMENTS;
    }

    Draft with(String text, List<Attachment> files) {
        var more = new ArrayList<>(texts);
        if (!text.isBlank()) {
            more.add(text.strip());
        }
        var all = new ArrayList<>(attachments);
        files.stream()
                .filter(file -> all.stream().noneMatch(kept -> kept.sha256().equals(file.sha256())))
                .forEach(all::add);
        return new Draft(more, all, asking, category, product, skipped, phone);
    }

    Draft asks(@Nullable String key) {
        return new Draft(texts, attachments, key, category, product, skipped, phone);
    }

    Draft answered(String key, String answer) {
        if (key.equals(CATEGORY)) {
            return new Draft(texts, attachments, null, answer, product, skipped, phone);
        }
        if (key.equals(PHONE)) {
            return new Draft(texts, attachments, null, category, product, skipped, answer);
        }
        var more = new LinkedHashMap<>(product);
        more.put(key, answer);
        return new Draft(texts, attachments, null, category, more, skipped, phone);
    }

    Draft without(String key) {
        var more = new LinkedHashSet<>(skipped);
        more.add(key);
        return new Draft(texts, attachments, null, category, product, more, phone);
    }
}
