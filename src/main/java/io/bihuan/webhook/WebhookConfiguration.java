package io.bihuan.webhook;

import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.WhenServing;
import io.bihuan.privacy.Keys;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the module together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookConfiguration {
    private final Bell bell = new Bell();

    @Bean
    Targets webhookTargets(WebhookSettings settings) {
        return new Targets(settings.allowPrivate(), InetAddress::getAllByName);
    }

    @Bean
    Endpoints webhookEndpoints(JdbcClient jdbc, Keys keys, Targets webhookTargets, InstantSource time) {
        return new Endpoints(jdbc, keys, webhookTargets, time);
    }

    @Bean
    Deliveries webhookDeliveries(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource time,
            @Value("${bihuan.public-url:}") String publicUrl) {
        return new Deliveries(jdbc, transaction, time, bell, bare(publicUrl));
    }

    @Bean
    WebhookFollower webhookFollower(
            JdbcClient jdbc,
            DataSource database,
            Endpoints webhookEndpoints,
            Deliveries webhookDeliveries,
            @Value("${bihuan.public-url:}") String publicUrl) {
        return new WebhookFollower(jdbc, database, webhookEndpoints, webhookDeliveries, bare(publicUrl));
    }

    @Bean
    @WhenServing
    @ConditionalOnProperty(name = "bihuan.webhooks.enabled", matchIfMissing = true)
    Courier webhookCourier(
            Deliveries webhookDeliveries,
            Endpoints webhookEndpoints,
            Targets webhookTargets,
            WebhookSettings settings,
            Tokens tokens,
            Staff staff,
            Notices notices,
            InstantSource time) {
        return new Courier(
                webhookDeliveries,
                webhookEndpoints,
                new Sender(webhookTargets, settings.connectTimeout(), settings.timeout()),
                settings,
                token -> tokens.good(Set.of(token)).contains(token),
                (endpoint, reason) -> tell(staff, notices, endpoint, reason, time),
                time,
                bell);
    }

    private static void tell(
            Staff staff, Notices notices, Endpoint endpoint, Endpoint.Reason reason, InstantSource time) {
        UUID occasion = Ids.next();
        notices.tell(staff.withRole(Role.ADMINISTRATOR, null).stream()
                .map(person -> new StaffNotice(
                        person.id(),
                        occasion,
                        "webhook.notice." + reason.name(),
                        List.of(endpoint.url().getHost()),
                        "/desk/webhooks/" + endpoint.id(),
                        time.instant()))
                .toList());
    }

    private static String bare(String url) {
        return url.strip().replaceFirst("/+$", "");
    }
}
