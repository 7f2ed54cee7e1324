package io.bihuan.durability;

import io.bihuan.Bihuan;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/** The application at a later time than it is. It is the only class of the tests in its process. */
final class ShiftedApplication {
    static final String SHIFT = "bihuan.test.shift";

    private ShiftedApplication() {}

    public static void main(String[] arguments) {
        Duration shift = Duration.parse(System.getProperty(SHIFT));
        InstantSource later = () -> InstantSource.system().instant().plus(shift).truncatedTo(ChronoUnit.MICROS);
        new SpringApplicationBuilder(Bihuan.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("laterTime", InstantSource.class, () -> later, bean -> bean.setPrimary(true)))
                .run(arguments);
    }
}
