package io.bihuan.identity;

import io.bihuan.platform.Refused;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.database.CannotStart;
import io.bihuan.web.Bundles;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the first administrator of a new system, and the token that the configuration asks for, before the first request. */
@Component
@WhenServing
class Bootstrap implements SmartInitializingSingleton {
    static final String LOGIN = "admin";
    static final int SHORTEST_TOKEN = 32;
    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);

    private final Staff staff;
    private final Tokens tokens;
    private final Bundles texts;
    private final String adminPassword;
    private final String apiToken;

    Bootstrap(
            Staff staff,
            Tokens tokens,
            Bundles texts,
            @Value("${bihuan.bootstrap.admin-password:}") String adminPassword,
            @Value("${bihuan.bootstrap.api-token:}") String apiToken) {
        this.staff = staff;
        this.tokens = tokens;
        this.texts = texts;
        this.adminPassword = adminPassword;
        this.apiToken = apiToken;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!apiToken.isEmpty() && apiToken.length() < SHORTEST_TOKEN) {
            throw new CannotStart(
                    "bihuan.bootstrap.api-token is too short: it has " + apiToken.length() + " characters.",
                    "Give one of at least " + SHORTEST_TOKEN + " random characters, or none.");
        }
        makeAdministrator();
        if (!apiToken.isEmpty() && tokens.keep("bootstrap", apiToken)) {
            log.info("the API is open to the token of bihuan.bootstrap.api-token");
        }
    }

    private void makeAdministrator() {
        boolean isGiven = !adminPassword.isEmpty();
        String password = isGiven ? adminPassword : Passwords.random();
        boolean isFirst;
        try {
            isFirst = staff.createFirst(
                    LOGIN,
                    password,
                    !isGiven,
                    StaffDetails.of(
                            texts.in(Locale.SIMPLIFIED_CHINESE).of("identity.first.name"), null, Role.ADMINISTRATOR));
        } catch (Refused e) {
            throw new CannotStart(
                    "bihuan.bootstrap.admin-password is too long.",
                    "Give one of at most " + Passwords.LONGEST_BYTES + " bytes.",
                    e);
        }
        if (isFirst && !isGiven) {
            for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
                log.warn("{}", texts.in(language).of("identity.first.notice", LOGIN, password));
            }
        }
    }
}
