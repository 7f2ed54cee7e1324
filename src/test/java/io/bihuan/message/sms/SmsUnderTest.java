package io.bihuan.message.sms;

import io.bihuan.message.sms.SmsSettings.Account;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Brings providers into an application that others test, too, and takes them away again. */
public final class SmsUnderTest implements AutoCloseable {
    public static final String CALLBACK_SECRET = "only-the-provider-knows-this";

    private final SmsChannel channel;
    private final ProviderCalls calls;
    private final SmsSettings before;

    public SmsUnderTest(ApplicationContext application) {
        channel = application.getBean(SmsChannel.class);
        calls = application.getBean(ProviderCalls.class);
        before = channel.settings();
    }

    public void use(Account service) {
        use(service, List.of());
    }

    public void use(@Nullable Account service, @Nullable Account commercial) {
        channel.use(new SmsSettings(service, commercial, CALLBACK_SECRET, List.of()));
    }

    public void use(Account service, List<String> networks) {
        channel.use(new SmsSettings(service, null, CALLBACK_SECRET, networks));
    }

    /** How long an answer is waited for. */
    public void patience(Duration longest) {
        calls.patience(longest);
    }

    @Override
    public void close() {
        channel.use(before);
        calls.patience(ProviderCalls.ANSWER);
    }
}
