package io.bihuan.complaint;

import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A complaint for tests, believable and complete. */
public final class SomeComplaint {
    public static final UUID OWNER = UUID.fromString("01890000-0000-7000-8000-000000000001");
    public static final UUID COLLEAGUE = UUID.fromString("01890000-0000-7000-8000-000000000002");

    private SomeComplaint() {}

    public static Registration receivedAt(Instant receivedAt) {
        return new Registration(
                "appliance",
                Channel.WEB,
                Kind.COMPLAINT,
                null,
                Severity.GENERAL,
                Priority.MEDIUM,
                null,
                1,
                Personal.of("空调修了三次还是不制冷"),
                Personal.of("七月装的KFR-35GW空调，师傅来了三次，每次收280元，还是不制冷。"),
                new Customer(Personal.of("张三丰"), Personal.of("+8613812345678"), null),
                Map.of("model", Personal.of("KFR-35GW")),
                null,
                null,
                null,
                null,
                receivedAt,
                true,
                OWNER,
                false,
                List.of(),
                null);
    }
}
