package io.bihuan.investigation.web;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the forms of an investigation send, each some of it; whether it is enough, the investigation says. */
public record InvestigationForm(
        @Size(max = InvestigationForm.NAME) String line,
        @Size(max = InvestigationForm.NAME) String result,
        @Size(max = InvestigationForm.TEXT) String text,
        @Size(max = InvestigationForm.LINE) String reason,
        @Size(max = InvestigationForm.NAME) String owner,
        @Size(max = InvestigationForm.NAME) String due,
        @Size(max = InvestigationForm.NAME) String kind,
        @Size(max = InvestigationForm.MOST) List<String> evidence,
        @Size(max = InvestigationForm.MOST) List<String> statements,
        @Size(max = InvestigationForm.NAME) String side,
        @Size(max = InvestigationForm.NAME) String who,
        @Size(max = InvestigationForm.NAME) String said,
        @Size(max = InvestigationForm.NAME) String responsibility,
        @Size(max = InvestigationForm.NAME) String share,
        @Size(max = InvestigationForm.NAME) String source,
        @Size(max = InvestigationForm.NAME) String obtained,
        @Size(max = InvestigationForm.NAME) String to) {
    static final int NAME = 200;
    static final int LINE = 2_000;
    static final int TEXT = 20_000;
    static final int MOST = 100;

    static final InvestigationForm EMPTY = ofLine(null);

    static InvestigationForm ofLine(@Nullable String line) {
        return new InvestigationForm(
                line, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public InvestigationForm(
            @Nullable String line,
            @Nullable String result,
            @Nullable String text,
            @Nullable String reason,
            @Nullable String owner,
            @Nullable String due,
            @Nullable String kind,
            @Nullable List<String> evidence,
            @Nullable List<String> statements,
            @Nullable String side,
            @Nullable String who,
            @Nullable String said,
            @Nullable String responsibility,
            @Nullable String share,
            @Nullable String source,
            @Nullable String obtained,
            @Nullable String to) {
        this.line = given(line);
        this.result = given(result);
        this.text = given(text);
        this.reason = given(reason);
        this.owner = given(owner);
        this.due = given(due);
        this.kind = given(kind);
        this.evidence = evidence == null ? List.of() : List.copyOf(evidence);
        this.statements = statements == null ? List.of() : List.copyOf(statements);
        this.side = given(side);
        this.who = given(who);
        this.said = given(said);
        this.responsibility = given(responsibility);
        this.share = given(share);
        this.source = given(source);
        this.obtained = given(obtained);
        this.to = given(to);
    }

    private static String given(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
