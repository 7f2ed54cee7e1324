package io.bihuan.message.sms;

import io.bihuan.message.Content;
import io.bihuan.message.Errand;
import io.bihuan.message.MessageChannel;
import io.bihuan.message.Outcome;
import io.bihuan.message.Way;
import io.bihuan.message.sms.SmsSettings.Account;
import io.bihuan.message.sms.SmsSettings.Cloud;
import io.bihuan.message.sms.SmsSettings.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Sends texts to phones: the account by the category, the template by purpose and language. */
@Component
@EnableConfigurationProperties(SmsSettings.class)
class SmsChannel implements MessageChannel {
    private static final String MOBILE = "\\+861[3-9]\\d{9}|\\+(?!86)[1-9]\\d{5,14}";

    private final List<SmsProvider> providers;
    private volatile SmsSettings settings;

    SmsChannel(List<SmsProvider> providers, SmsSettings settings) {
        this.providers = providers;
        this.settings = settings;
    }

    SmsSettings settings() {
        return settings;
    }

    /** For tests that share one application and bring providers of their own. */
    void use(SmsSettings others) {
        settings = others;
    }

    SmsProvider provider(Cloud wanted) {
        return providers.stream()
                .filter(each -> each.provider() == wanted)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Way way() {
        return Way.SMS;
    }

    @Override
    public boolean isReady() {
        return settings.isSetUp();
    }

    @Override
    public Duration settling() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Outcome send(Errand errand) {
        Optional<Account> account = settings.account(errand.category());
        String phone = errand.to().phone();
        if (account.isEmpty()) {
            return new Outcome.Refused("message.error.noAccount");
        }
        if (phone == null || !phone.matches(MOBILE)) {
            return new Outcome.Refused("message.error.notMobile");
        }
        Template template =
                account.get().template(errand.purpose(), errand.to().language()).orElse(null);
        if (template == null) {
            return new Outcome.Refused("message.error.noTemplate");
        }
        Map<String, String> parameters = parameters(template, errand.content());
        return parameters == null
                ? new Outcome.Refused("message.error.noParameter")
                : provider(account.get().provider()).send(account.get(), errand, template.id(), parameters);
    }

    private static @Nullable Map<String, String> parameters(Template template, Content content) {
        if (template.parameters().isEmpty()) {
            return content.parameters();
        }
        var wanted = new LinkedHashMap<String, String>();
        for (String name : template.parameters()) {
            String value = content.parameters().get(name);
            if (value == null) {
                return null;
            }
            wanted.put(name, value);
        }
        return wanted;
    }

    @Override
    public Outcome ask(Errand errand) {
        return settings.account(errand.category())
                .map(account -> provider(account.provider()).ask(account, errand))
                .orElseGet(() -> new Outcome.Refused("message.error.noAccount"));
    }
}
