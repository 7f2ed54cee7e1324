package io.bihuan.message;

import java.time.LocalTime;

/** Quiet hours in which it is now, for the tests of others. */
public final class QuietNow {
    private final MessageSettings settings;
    private final MessageProperties before;

    /** Begins an hour before the given time and ends two hours after it. */
    public QuietNow(MessageSettings settings, LocalTime now) {
        this.settings = settings;
        this.before = settings.get();
        settings.use(new MessageProperties(
                new MessageProperties.Quiet(now.minusHours(1), now.plusHours(2)),
                before.limits(),
                before.deliveredWithin(),
                before.localOutbox()));
    }

    /** Puts back what was before. */
    public void end() {
        settings.use(before);
    }
}
