package io.bihuan.capture.web;

import io.bihuan.intake.Submission;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** A public post as it is written down. */
public record PostForm(
        @NotBlank @Size(max = 2_000) String url,
        @NotBlank @Size(max = 40) String platform,
        @NotBlank @Size(max = Submission.LONGEST_NAME) String author,
        String reach,
        String postedAt,

        @NotBlank @Size(max = Submission.LONGEST_CONTENT - 3_000)
        String text,

        String businessLine,
        List<MultipartFile> screenshots) {
    static final PostForm EMPTY = new PostForm(null, null, null, null, null, null, null, null);

    public PostForm(
            @Nullable String url,
            @Nullable String platform,
            @Nullable String author,
            @Nullable String reach,
            @Nullable String postedAt,
            @Nullable String text,
            @Nullable String businessLine,
            @Nullable List<MultipartFile> screenshots) {
        this.url = Objects.requireNonNullElse(url, "").strip();
        this.platform = Objects.requireNonNullElse(platform, "").strip();
        this.author = Objects.requireNonNullElse(author, "").strip();
        this.reach = Objects.requireNonNullElse(reach, "").strip();
        this.postedAt = Objects.requireNonNullElse(postedAt, "");
        this.text = Objects.requireNonNullElse(text, "");
        this.businessLine = Objects.requireNonNullElse(businessLine, "");
        this.screenshots = screenshots == null ? List.of() : List.copyOf(screenshots);
    }
}
