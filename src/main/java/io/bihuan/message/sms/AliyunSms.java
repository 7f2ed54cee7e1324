package io.bihuan.message.sms;

import io.bihuan.message.Errand;
import io.bihuan.message.Outcome;
import io.bihuan.message.Receipts.Receipt;
import io.bihuan.message.State;
import io.bihuan.message.sms.SmsSettings.Account;
import io.bihuan.message.sms.SmsSettings.Cloud;
import io.bihuan.platform.Ids;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alibaba Cloud, Dysmsapi 2017-05-25. It lists what it took with our id, so its word that it does not know one counts. */
@Component
class AliyunSms implements SmsProvider {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String VERSION = "2017-05-25";
    private static final String OK = "OK";
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ProviderCalls calls;
    private final InstantSource time;

    AliyunSms(ProviderCalls calls, InstantSource time) {
        this.calls = calls;
        this.time = time;
    }

    @Override
    public Cloud provider() {
        return Cloud.ALIYUN;
    }

    @Override
    public Outcome send(Account account, Errand errand, String templateId, Map<String, String> parameters) {
        var query = new LinkedHashMap<String, String>();
        query.put("PhoneNumbers", number(errand));
        query.put("SignName", account.signName());
        query.put("TemplateCode", templateId);
        query.put("OutId", errand.id().toString());
        if (!parameters.isEmpty()) {
            query.put("TemplateParam", JSON.writeValueAsString(parameters));
        }
        return call(account, "SendSms", query, said -> {
            String code = SmsProvider.text(said, "Code");
            if (!code.equals(OK)) {
                return refusal(code, SmsProvider.text(said, "Message"));
            }
            String bizId = SmsProvider.text(said, "BizId");
            return new Outcome.Sent(bizId.isEmpty() ? null : bizId);
        });
    }

    private static Outcome refusal(String code, String message) {
        String reason = code + " " + message;
        if (code.isEmpty() || code.equals("isp.SYSTEM_ERROR") || code.startsWith("InternalError")) {
            return new Outcome.Unknown(reason);
        }
        if (code.equals("isv.BUSINESS_LIMIT_CONTROL")) {
            // Its words say which limit: of a minute, an hour or a day.
            return message.contains("天")
                    ? new Outcome.Refused(reason)
                    : new Outcome.Later(reason, message.contains("小时") ? Duration.ofHours(1) : MINUTE);
        }
        boolean isOfAccount = code.startsWith("Throttling")
                || code.startsWith("ServiceUnavailable")
                || code.startsWith("InvalidAccessKeyId")
                || code.startsWith("SignatureDoesNotMatch")
                || code.startsWith("InvalidTimeStamp")
                || code.startsWith("Forbidden")
                || code.equals("isp.RAM_PERMISSION_DENY")
                || code.equals("isv.AMOUNT_NOT_ENOUGH")
                || code.equals("isv.OUT_OF_SERVICE")
                || code.equals("isv.ACCOUNT_ABNORMAL");
        return isOfAccount ? new Outcome.Later(reason, null) : new Outcome.Refused(reason);
    }

    @Override
    public Outcome ask(Account account, Errand errand) {
        // It is asked by day, and who handed over at midnight does not know which day the provider wrote.
        List<LocalDate> days = Stream.of(errand.handedAt(), time.instant())
                .flatMap(at -> Stream.of(at.minus(MINUTE), at.plus(MINUTE)))
                .map(at -> at.atZone(HOME).toLocalDate())
                .distinct()
                .limit(4)
                .toList();
        for (LocalDate day : days) {
            for (int page = 1; page <= MOST_PAGES; page++) {
                var details = new ArrayList<JsonNode>();
                Outcome failed = call(
                        account,
                        "QuerySendDetails",
                        Map.of(
                                "PhoneNumber",
                                number(errand),
                                "SendDate",
                                day.format(DateTimeFormatter.BASIC_ISO_DATE),
                                "PageSize",
                                Integer.toString(PAGE),
                                "CurrentPage",
                                Integer.toString(page)),
                        said -> {
                            String code = SmsProvider.text(said, "Code");
                            said.path("SmsSendDetailDTOs")
                                    .path("SmsSendDetailDTO")
                                    .forEach(details::add);
                            return code.equals(OK)
                                            && said.path("SmsSendDetailDTOs").isObject()
                                    ? new Outcome.NotKnown(true)
                                    : new Outcome.Unknown(code + " " + SmsProvider.text(said, "Message"));
                        });
                if (!(failed instanceof Outcome.NotKnown)) {
                    return failed;
                }
                Outcome found = found(details, errand);
                if (found != null) {
                    return found;
                }
                if (details.size() < PAGE) {
                    break;
                }
            }
        }
        return new Outcome.NotKnown(true);
    }

    private @Nullable Outcome found(List<JsonNode> details, Errand errand) {
        for (JsonNode detail : details) {
            if (errand.id().toString().equals(SmsProvider.text(detail, "OutId"))) {
                return switch (SmsProvider.text(detail, "SendStatus")) {
                    case "3" ->
                        new Outcome.Arrived(
                                SmsProvider.time(SmsProvider.text(detail, "ReceiveDate"), time.instant()), false);
                    case "2" -> new Outcome.Refused(SmsProvider.text(detail, "ErrCode"));
                    default -> new Outcome.Sent(null); // 1: it waits for the report
                };
            }
        }
        return null;
    }

    private Outcome call(Account account, String action, Map<String, String> query, Function<JsonNode, Outcome> judge) {
        URI endpoint = account.address();
        byte[] body = {};
        var headers = new TreeMap<String, String>();
        headers.put(
                "host", endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort());
        headers.put("x-acs-action", action);
        headers.put("x-acs-content-sha256", Signing.hex(Signing.sha256(body)));
        headers.put("x-acs-date", time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", Ids.next().toString());
        headers.put("x-acs-version", VERSION);
        String authorization =
                Signing.acs3(account.accessKeyId(), account.accessKeySecret(), "POST", query, headers, body);
        headers.put("authorization", authorization);
        return calls.post(URI.create(endpoint + "/?" + Signing.query(query)), headers, body, judge);
    }

    /** Numbers of the country without its code, others with theirs and no sign before it. */
    private static String number(Errand errand) {
        String phone = Objects.requireNonNull(errand.to().phone());
        return phone.startsWith("+86") ? phone.substring(3) : phone.substring(1);
    }

    @Override
    public Optional<Receipt> receipt(JsonNode report, Instant now) {
        String ours = SmsProvider.text(report, "out_id");
        String theirs = SmsProvider.text(report, "biz_id");
        String reference = ours.isEmpty() ? theirs : ours;
        JsonNode success = report.path("success");
        if (reference.isEmpty() || reference.length() > 200 || success.isMissingNode()) {
            return Optional.empty();
        }
        boolean hasArrived = success.asString().equalsIgnoreCase("true");
        return Optional.of(new Receipt(
                reference,
                hasArrived ? State.DELIVERED : State.FAILED,
                SmsProvider.time(SmsProvider.text(report, "report_time"), now),
                hasArrived ? null : SmsProvider.text(report, "err_code") + " " + SmsProvider.text(report, "err_msg")));
    }

    @Override
    public Optional<Reply> reply(JsonNode answer, Instant now) {
        String phone = SmsProvider.text(answer, "phone_number");
        String text = SmsProvider.text(answer, "content");
        String at = SmsProvider.text(answer, "send_time");
        String sequence = SmsProvider.text(answer, "sequence_id");
        return TencentSms.e164("", phone)
                .map(number -> new Reply(
                        "aliyun " + (sequence.isEmpty() ? at + " " + text : sequence),
                        number,
                        text,
                        SmsProvider.time(at, now)));
    }

    @Override
    public String thanks() {
        return "{\"code\":0,\"msg\":\"OK\"}";
    }
}
