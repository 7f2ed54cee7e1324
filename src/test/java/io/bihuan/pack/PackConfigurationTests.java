package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class PackConfigurationTests {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(PackConfiguration.class, Neighbours.class);

    @Configuration(proxyBeanMethods = false)
    static class Neighbours {
        @Bean
        PackPart<?> rules() {
            return ShippedPacks.passedOver("rules");
        }

        @Bean
        PackPart<?> clocks() {
            return ShippedPacks.passedOver("clocks");
        }
    }

    @Test
    void theBusinessLinesComeFromTheConfiguration() {
        application
                .withPropertyValues(
                        "bihuan.business-lines.kitchen=appliance", "bihuan.business-lines.laundry=appliance")
                .run(context -> {
                    var packs = context.getBean(Packs.class);
                    assertThat(packs.businessLines()).containsExactly("kitchen", "laundry");
                    assertThat(packs.of("laundry").id()).isEqualTo("appliance");
                });
    }

    @Test
    void theApplicationRefusesToStartWithALineWithoutItsPack() {
        application
                .withPropertyValues("bihuan.business-lines.kitchen=aplliance")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(PackInvalid.class)
                        .rootCause()
                        .hasMessageContaining("unknown pack `aplliance`: did you mean `appliance`?"));
    }
}
