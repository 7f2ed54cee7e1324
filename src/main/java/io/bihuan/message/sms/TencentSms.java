package io.bihuan.message.sms;

import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.message.Errand;
import io.bihuan.message.Outcome;
import io.bihuan.message.Receipts.Receipt;
import io.bihuan.message.State;
import io.bihuan.message.sms.SmsSettings.Account;
import io.bihuan.message.sms.SmsSettings.Cloud;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tencent Cloud, sms 2021-01-11. It lists only what already has a report, so one that it does not list may still be under way: such a one
 * is never handed over again.
 */
@Component
class TencentSms implements SmsProvider {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String VERSION = "2021-01-11";
    private static final int MOST = 100;
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final ProviderCalls calls;
    private final InstantSource time;

    TencentSms(ProviderCalls calls, InstantSource time) {
        this.calls = calls;
        this.time = time;
    }

    @Override
    public Cloud provider() {
        return Cloud.TENCENT;
    }

    @Override
    public Outcome send(Account account, Errand errand, String templateId, Map<String, String> parameters) {
        return call(
                account,
                "SendSms",
                Map.of(
                        "PhoneNumberSet",
                        List.of(number(errand)),
                        "SmsSdkAppId",
                        Objects.requireNonNull(account.appId()),
                        "SignName",
                        account.signName(),
                        "TemplateId",
                        templateId,
                        "TemplateParamSet",
                        List.copyOf(parameters.values()),
                        "SessionContext",
                        errand.id().toString()),
                said -> {
                    JsonNode status = said.path("SendStatusSet").path(0);
                    String code = SmsProvider.text(status, "Code");
                    if (!code.equals("Ok")) {
                        return refusal(code, SmsProvider.text(status, "Message"));
                    }
                    String serial = SmsProvider.text(status, "SerialNo");
                    return new Outcome.Sent(serial.isEmpty() ? null : serial);
                });
    }

    private static Outcome refusal(String code, String message) {
        String reason = code + " " + message;
        if (code.isEmpty() || code.startsWith("InternalError")) {
            return new Outcome.Unknown(reason);
        }
        if (code.startsWith("LimitExceeded")) {
            return code.contains("Daily")
                    ? new Outcome.Refused(reason)
                    : new Outcome.Later(reason, code.contains("OneHour") ? Duration.ofHours(1) : Duration.ofMinutes(1));
        }
        boolean isOfAccount = code.startsWith("RequestLimitExceeded")
                || code.startsWith("AuthFailure")
                || code.startsWith("UnauthorizedOperation")
                || code.startsWith("ResourceUnavailable")
                || code.equals("FailedOperation.InsufficientBalanceInSmsPackage")
                || code.startsWith("ServiceUnavailable");
        return isOfAccount ? new Outcome.Later(reason, null) : new Outcome.Refused(reason);
    }

    @Override
    public Outcome ask(Account account, Errand errand) {
        Instant now = time.instant();
        return call(
                account,
                "PullSmsSendStatusByPhoneNumber",
                Map.of(
                        "BeginTime",
                        errand.handedAt().minus(BEFORE).getEpochSecond(),
                        "EndTime",
                        now.plus(BEFORE).getEpochSecond(),
                        "Offset",
                        0,
                        "Limit",
                        MOST,
                        "PhoneNumber",
                        number(errand),
                        "SmsSdkAppId",
                        Objects.requireNonNull(account.appId())),
                said -> {
                    for (JsonNode status : said.path("PullSmsSendStatusSet")) {
                        String serial = SmsProvider.text(status, "SerialNo");
                        boolean isIt = errand.id().toString().equals(SmsProvider.text(status, "SessionContext"))
                                || (!serial.isEmpty() && serial.equals(errand.providerId()));
                        if (isIt) {
                            return SmsProvider.text(status, "ReportStatus").equals("SUCCESS")
                                    ? new Outcome.Arrived(
                                            status.path("UserReceiveTime").isNumber()
                                                    ? Instant.ofEpochSecond(status.path("UserReceiveTime")
                                                            .asLong())
                                                    : now,
                                            false)
                                    : new Outcome.Refused(SmsProvider.text(status, "Description"));
                        }
                    }
                    return said.path("PullSmsSendStatusSet").isArray()
                            ? new Outcome.NotKnown(false)
                            : new Outcome.Unknown("message.error.unreadable");
                });
    }

    private Outcome call(
            Account account, String action, Map<String, Object> parameters, Function<JsonNode, Outcome> judge) {
        URI endpoint = account.address();
        byte[] body = JSON.writeValueAsBytes(parameters);
        Instant now = time.instant();
        var headers = new TreeMap<String, String>();
        headers.put("content-type", "application/json; charset=utf-8");
        headers.put(
                "host", endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort());
        headers.put("x-tc-action", action);
        String authorization = Signing.tc3(account.accessKeyId(), account.accessKeySecret(), "sms", headers, body, now);
        headers.put("authorization", authorization);
        headers.put("x-tc-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("x-tc-version", VERSION);
        headers.put("x-tc-region", account.region());
        return calls.post(URI.create(endpoint + "/"), headers, body, said -> {
            JsonNode response = said.path("Response");
            JsonNode error = response.path("Error");
            return error.isObject()
                    ? refusal(SmsProvider.text(error, "Code"), SmsProvider.text(error, "Message"))
                    : judge.apply(response);
        });
    }

    private static String number(Errand errand) {
        return Objects.requireNonNull(errand.to().phone());
    }

    /** A number as callbacks write it, without a sign and often without a country. */
    static Optional<String> e164(String country, String number) {
        String digits = number.strip().replaceFirst("^\\+", "");
        if (!digits.matches("\\d{5,18}")) {
            return Optional.empty();
        }
        boolean isOurs = country.isEmpty() ? digits.matches("1[3-9]\\d{9}") : country.equals("86");
        return PhoneNumbers.read(
                isOurs && !digits.matches("86\\d{11}")
                        ? digits
                        : "+" + (country.isEmpty() || digits.startsWith(country) ? digits : country + digits));
    }

    @Override
    public Optional<Receipt> receipt(JsonNode report, Instant now) {
        String reference = SmsProvider.text(report, "sid");
        String status = SmsProvider.text(report, "report_status");
        if (reference.isEmpty() || reference.length() > 200 || !(status.equals("SUCCESS") || status.equals("FAIL"))) {
            return Optional.empty();
        }
        boolean hasArrived = status.equals("SUCCESS");
        return Optional.of(new Receipt(
                reference,
                hasArrived ? State.DELIVERED : State.FAILED,
                SmsProvider.time(SmsProvider.text(report, "user_receive_time"), now),
                hasArrived
                        ? null
                        : SmsProvider.text(report, "errmsg") + " " + SmsProvider.text(report, "description")));
    }

    @Override
    public Optional<Reply> reply(JsonNode answer, Instant now) {
        String text = SmsProvider.text(answer, "text");
        JsonNode at = answer.path("time");
        Instant when = at.isNumber() && at.asLong() > 0 && at.asLong() < now.getEpochSecond() + 86_400
                ? Instant.ofEpochSecond(at.asLong())
                : now;
        return e164(SmsProvider.text(answer, "nationcode"), SmsProvider.text(answer, "mobile"))
                .map(number -> new Reply("tencent " + number + " " + at + " " + text, number, text, when));
    }

    @Override
    public String thanks() {
        return "{\"result\":0,\"errmsg\":\"OK\"}";
    }
}
