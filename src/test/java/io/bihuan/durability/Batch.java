package io.bihuan.durability;

import io.bihuan.Bihuan;
import io.bihuan.TestDatabase;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers many complaints at once, quicker than programs do through the API. */
final class Batch {
    private Batch() {}

    /** In one transaction, so that their alarms are seen in one moment; their owner has answered. */
    static void register(TestDatabase database, Path folder, int complaints, Duration ago) {
        try (var context = new SpringApplicationBuilder(Bihuan.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .initializers(beans -> beans.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()))
                .properties(Map.of(
                        "bihuan.command", "register",
                        "bihuan.alarms.enabled", "false",
                        "bihuan.data", folder.toString()))
                .run(Node.settings(database).toArray(String[]::new))) {
            Complaints register = context.getBean(Complaints.class);
            UUID owner = context.getBean(Staff.class)
                    .findByLogin("admin")
                    .orElseThrow()
                    .id();
            Instant received = Instant.now().minus(ago);
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                for (int each = 0; each < complaints; each++) {
                    register.register(registration(each, received, owner), Actor.SYSTEM);
                }
            });
        }
    }

    private static Registration registration(int number, Instant received, UUID owner) {
        return new Registration(
                "appliance",
                Channel.HOTLINE,
                Kind.COMPLAINT,
                null,
                Severity.GENERAL,
                Priority.MEDIUM,
                null,
                1,
                Personal.of("空调不制冷"),
                Personal.of("师傅来了三次还是不制冷（" + number + "）"),
                new Customer(Personal.of("张三丰"), null, null),
                Map.of(),
                null,
                "batch",
                "B-" + number,
                null,
                received,
                true,
                owner,
                true,
                List.of(),
                null);
    }
}
