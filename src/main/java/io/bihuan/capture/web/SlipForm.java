package io.bihuan.capture.web;

import io.bihuan.intake.Submission;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** One slip as it is typed from paper. */
public record SlipForm(
        @NotBlank String outlet,
        @NotBlank @Size(max = 60) String number,
        String writtenOn,

        @NotBlank @Size(max = Submission.LONGEST_CONTENT - 500)
        String text,

        @Size(max = Submission.LONGEST_NAME) String name,
        @Size(max = Submission.LONGEST_PHONE) String phone,
        @Size(max = Submission.LONGEST_NAME) String proxyName,
        @Size(max = 40) String proxyRelation,
        @Size(max = Submission.LONGEST_PHONE) String proxyPhone,
        List<MultipartFile> photos,
        List<MultipartFile> authorisation) {
    public SlipForm(
            @Nullable String outlet,
            @Nullable String number,
            @Nullable String writtenOn,
            @Nullable String text,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String proxyName,
            @Nullable String proxyRelation,
            @Nullable String proxyPhone,
            @Nullable List<MultipartFile> photos,
            @Nullable List<MultipartFile> authorisation) {
        this.outlet = Objects.requireNonNullElse(outlet, "");
        this.number = Objects.requireNonNullElse(number, "").strip();
        this.writtenOn = Objects.requireNonNullElse(writtenOn, "");
        this.text = Objects.requireNonNullElse(text, "");
        this.name = Objects.requireNonNullElse(name, "").strip();
        this.phone = Objects.requireNonNullElse(phone, "").strip();
        this.proxyName = Objects.requireNonNullElse(proxyName, "").strip();
        this.proxyRelation = Objects.requireNonNullElse(proxyRelation, "").strip();
        this.proxyPhone = Objects.requireNonNullElse(proxyPhone, "").strip();
        this.photos = photos == null ? List.of() : List.copyOf(photos);
        this.authorisation = authorisation == null ? List.of() : List.copyOf(authorisation);
    }

    static SlipForm next(String outlet, String number) {
        return new SlipForm(outlet, number, null, null, null, null, null, null, null, null, null);
    }

    boolean hasProxy() {
        return !proxyName.isEmpty();
    }
}
