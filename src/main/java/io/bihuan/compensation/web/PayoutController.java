package io.bihuan.compensation.web;

import io.bihuan.compensation.Payout;
import io.bihuan.compensation.PayoutResult;
import io.bihuan.compensation.Payouts;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** What finance pays: files out, results in. */
@Controller
@RequestMapping("/desk/payouts")
class PayoutController {
    private static final String TEMPLATE = "compensation/payouts";
    private static final String PATH = "/desk/payouts";
    private static final int SHOWN = 100;
    private static final int FILES = 50;
    private static final int LARGEST = 5_000_000;
    private static final char MARK = '\uFEFF';
    private static final List<String> COLUMNS = List.of(
            "payout",
            "batch",
            "complaint",
            "name",
            "bank",
            "account",
            "amount",
            "currency",
            "purpose",
            "result",
            "reference",
            "reason");

    private final Payouts payouts;
    private final ActorNames names;

    PayoutController(Payouts payouts, ActorNames names) {
        this.payouts = payouts;
        this.names = names;
    }

    @GetMapping
    Page show(Texts t) {
        return Page.of(TEMPLATE, page(List.of(), null, t));
    }

    @PostMapping("/batches")
    Page export(@AuthenticationPrincipal SignedIn who) {
        Optional<UUID> batch = payouts.export(who.id());
        return batch.isPresent()
                ? Page.done(PATH, "compensation.done.batch")
                : Page.to(PATH, Notice.of(Notice.Tone.INFORMATION, "compensation.payouts.nothing"));
    }

    /** The whole accounts: that somebody fetched them is written down. */
    @GetMapping("/batches/{id}.csv")
    void file(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t, HttpServletResponse response)
            throws IOException {
        Payouts.Batch batch = payouts.batch(id).orElseThrow(() -> new NotFound("batch " + id));
        List<Payout> rows = payouts.fetch(id, who.id());
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(t.of("compensation.payouts.file", batch.number()) + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(COLUMNS.stream()
                .map(column -> t.of("compensation.column." + column))
                .toList());
        for (Payout row : rows) {
            csv.printRecord(
                    row.id(),
                    batch.number(),
                    row.number().readable(),
                    Looks.formulaFree(Personal.text(row.name())),
                    Looks.formulaFree(Personal.text(row.bank())),
                    Looks.whole(Personal.text(row.account())),
                    BigDecimal.valueOf(row.amount().fen(), 2).toPlainString(),
                    row.amount().currency().getCurrencyCode(),
                    t.of("compensation.payouts.purpose", row.number().readable()),
                    "",
                    "",
                    "");
        }
        csv.flush();
    }

    @PostMapping("/results")
    Page results(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        if (file == null || file.isEmpty() || file.getSize() > LARGEST) {
            return Page.invalid(TEMPLATE, page(List.of(), t.of("compensation.refused.file"), t));
        }
        try {
            return Page.of(TEMPLATE, page(payouts.results(file.getBytes(), who.actor()), null, t));
        } catch (Refused refused) {
            return Page.invalid(TEMPLATE, page(List.of(), t.of(refused), t));
        }
    }

    private PayoutsPage page(List<Payouts.Recorded> recorded, @Nullable String problem, Texts t) {
        List<Payout> waiting = payouts.waiting(SHOWN + 1);
        List<Payouts.Batch> batches = payouts.batches(FILES);
        ActorNames.Names called = names.of(
                batches.stream().map(each -> each.createdBy().toString()).toList(), t);
        return new PayoutsPage(
                waiting.stream()
                        .limit(SHOWN)
                        .map(each -> new PayoutsPage.Waiting(
                                each.number().readable(),
                                "/desk/complaints/" + each.number().digits() + "/" + CompensationParts.PATH,
                                each.maskedName(),
                                each.maskedAccount(),
                                Looks.money(each.amount(), t),
                                each.createdAt()))
                        .toList(),
                Looks.money(
                        Money.ofFen(waiting.stream()
                                .limit(SHOWN)
                                .mapToLong(each -> each.amount().fen())
                                .sum()),
                        t),
                waiting.size() > SHOWN,
                batches.stream()
                        .map(each -> new PayoutsPage.Batch(
                                each.id().toString(),
                                each.number(),
                                each.createdAt(),
                                called.of(each.createdBy().toString()),
                                each.payouts(),
                                Looks.money(each.total(), t),
                                each.open(),
                                each.paid(),
                                each.failed()))
                        .toList(),
                recorded.stream().map(each -> result(each, t)).toList(),
                problem);
    }

    private static PayoutsPage.Result result(Payouts.Recorded recorded, Texts t) {
        PayoutResult result = recorded.result();
        String reason = result.reason();
        String said = result.isPaid() ? t.of("compensation.result.paid") : t.of("compensation.result.failed");
        return new PayoutsPage.Result(
                result.line(),
                result.payout().toString(),
                Stream.of(said, reason == null ? "" : reason)
                        .filter(text -> !text.isEmpty())
                        .collect(java.util.stream.Collectors.joining(t.of("compensation.colon"))),
                t.of(recorded.effect()),
                switch (recorded.effect()) {
                    case RECORDED -> "green";
                    case KNOWN -> "secondary";
                    case CONTRADICTS, UNKNOWN -> "red";
                });
    }
}
