package io.bihuan;

import io.bihuan.web.ApiDescription;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole application on a {@link TestDatabase} of its own, with {@link MovableTime} and MockMvc. Test classes with the same
 * settings share one application and so its database: bring your own rows, and count only those; reset the time after moving it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("slow")
@SpringBootTest
// Written down for each request, and shown of a test that fails, would be whole pages with all that stands behind them.
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@TestPropertySource(properties = {"bihuan.test=true", "bihuan.webhooks.allow-private=true"})
@Import({BihuanTest.Time.class, ApiDescription.class})
public @interface BihuanTest {
    @AliasFor(annotation = SpringBootTest.class, attribute = "webEnvironment")
    WebEnvironment webEnvironment() default WebEnvironment.MOCK;

    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};

    /** Puts the movable time before the database's. */
    @TestConfiguration(proxyBeanMethods = false)
    class Time {
        @Bean
        @Primary
        MovableTime movableTime() {
            return new MovableTime();
        }
    }
}
