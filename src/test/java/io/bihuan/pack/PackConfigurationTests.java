package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.TestDatabase;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

@Tag("slow")
class PackConfigurationTests {
    private final TestDatabase database = TestDatabase.fresh();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withBean(JdbcClient.class, database::jdbcClient)
            .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database.dataSource()))
            .withBean(InstantSource.class, InstantSource::system);

    /** In place of the other modules. */
    private ApplicationContextRunner alone() {
        var alone = application.withUserConfiguration(PackConfiguration.class);
        for (var name : ShippedPacks.OTHERS) {
            alone = alone.withBean(name, PackPart.class, () -> ShippedPacks.passedOver(name));
        }
        return alone;
    }

    /** Finds what the modules register without starting anything else of them. */
    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = "io.bihuan",
            useDefaultFilters = false,
            includeFilters = {
                @Filter(type = FilterType.REGEX, pattern = "io\\.bihuan\\.(clock|calendar|routing)\\.\\w+Part"),
                @Filter(
                        type = FilterType.REGEX,
                        pattern = "io\\.bihuan\\.(triage\\.Triage|statute\\.Statute)Configuration"),
                @Filter(type = FilterType.REGEX, pattern = "io\\.bihuan\\.standard\\.StandardParts")
            })
    static class AllModules {}

    @Test
    void theShippedPacksAreValidForAllModules() {
        application
                .withUserConfiguration(PackConfiguration.class, AllModules.class)
                .withPropertyValues("bihuan.business-lines.appliance=appliance")
                .run(context -> {
                    var appliance = context.getBean(Packs.class).of("appliance");
                    assertThat(context.getBeansOfType(PackPart.class).values())
                            .extracting(PackPart::name)
                            .contains("clocks", "rules");
                    for (var part : context.getBeansOfType(PackPart.class).values()) {
                        if (part.required()) {
                            assertThat(appliance.part((Class<?>) part.type())).isNotNull();
                        }
                    }
                });
    }

    @Test
    void theBusinessLinesComeFromTheConfiguration() {
        alone().withPropertyValues("bihuan.business-lines.kitchen=appliance", "bihuan.business-lines.laundry=appliance")
                .run(context -> {
                    var packs = context.getBean(Packs.class);
                    assertThat(packs.businessLines()).containsExactly("kitchen", "laundry");
                    assertThat(packs.of("laundry").id()).isEqualTo("appliance");
                    assertThat(packs.lines())
                            .extracting(line -> line.name().en())
                            .containsExactly("Home appliance repair (kitchen)", "Home appliance repair (laundry)");
                });
    }

    @Test
    void theApplicationRefusesToStartWithALineWithoutItsPack() {
        alone().withPropertyValues("bihuan.business-lines.kitchen=aplliance")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(PackInvalid.class)
                        .hasMessageContaining("unknown pack `aplliance`: did you mean `appliance`?"));
    }
}
