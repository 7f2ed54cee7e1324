package io.bihuan.message;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When and how often customers are told something, and by whom ({@code bihuan.message}).
 *
 * @param localOutbox whether what no channel brings lies in the local outbox; unset: while no provider sends texts to phones
 */
@ConfigurationProperties("bihuan.message")
public record MessageProperties(
        @DefaultValue Quiet quietHours,
        @DefaultValue Limits limits,
        @DefaultValue Within deliveredWithin,
        @Nullable Boolean localOutbox) {
    /** From when to when nothing rings, in the recipient's zone; the same time twice: always allowed. */
    public record Quiet(
            @DefaultValue("21:00") LocalTime from,
            @DefaultValue("08:00") LocalTime to) {}

    /** How often one recipient is told something on one way. */
    public record Limits(
            @DefaultValue("1") int perMinute,
            @DefaultValue("5") int perHour,
            @DefaultValue("10") int perDay) {}

    /** How long it may take to arrive before the next way is tried; an e-mail, to be taken by the server that sends it. */
    public record Within(
            @DefaultValue("30m") Duration sms,
            @DefaultValue("30m") Duration wechat,
            @DefaultValue("4h") Duration email) {
        Duration of(Way way) {
            return switch (way) {
                case SMS, PHONE -> sms;
                case WECHAT -> wechat;
                case EMAIL -> email;
            };
        }
    }

    QuietHours quiet() {
        return new QuietHours(quietHours.from(), quietHours.to());
    }

    List<Allowance.Limit> allowances() {
        return List.of(
                new Allowance.Limit(limits.perMinute(), Duration.ofMinutes(1)),
                new Allowance.Limit(limits.perHour(), Duration.ofHours(1)),
                new Allowance.Limit(limits.perDay(), Duration.ofDays(1)));
    }
}
