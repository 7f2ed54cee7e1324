package io.bihuan.identity;

import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.stereotype.Component;

/** Passwords as bcrypt hashes, a few at a time, so that a flood of sign-ins leaves the processors to the others. */
@Component
class Passwords {
    static final int SHORTEST = 10;
    // bcrypt reads no more than 72 bytes: of a longer password the rest would not count.
    static final int LONGEST_BYTES = 72;
    private static final String BCRYPT = "bcrypt";
    // Without letters and digits that look alike
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DelegatingPasswordEncoder encoder;
    private final String nobody;
    private final Semaphore slots =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    /** @param strength of bcrypt: each step doubles the time of a guess and of a sign-in */
    Passwords(@Value("${bihuan.password-strength:12}") int strength) {
        this.encoder = new DelegatingPasswordEncoder(BCRYPT, Map.of(BCRYPT, new BCryptPasswordEncoder(strength)));
        this.nobody = "{bcrypt}$2a$%02d$K8z1qg0GxZ9lPc4pXn4y3uE0iTqJm0V3b6V1m8m0oRrQ2rJt8sZzK".formatted(strength);
    }

    /** A hash to keep; refused if the password is too short or too long. */
    String hash(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw new Refused("identity.refused.shortPassword", SHORTEST);
        }
        return hashAnyLength(password);
    }

    /** Like {@link #hash}, for a password that whoever runs the system has set: short is his own risk. */
    String hashAnyLength(String password) {
        if (isTooLong(password)) {
            throw new Refused("identity.refused.longPassword", LONGEST_BYTES);
        }
        return bounded(() -> java.util.Objects.requireNonNull(encoder.encode(password)));
    }

    /** Whether it is the password; takes the same time if there is no such person (null). */
    boolean matches(String password, @Nullable String hash) {
        String compared = hash == null ? nobody : hash;
        String typed = isTooLong(password) ? "" : password;
        boolean same = bounded(() -> encoder.matches(typed, compared));
        return same && hash != null && !typed.isEmpty();
    }

    /** A password nobody can guess: 16 letters and digits, 91 bits. */
    static String random() {
        var password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
    }

    private <T> T bounded(Supplier<T> work) {
        try {
            if (!slots.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}
