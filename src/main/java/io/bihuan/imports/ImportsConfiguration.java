package io.bihuan.imports;

import io.bihuan.customer.Customers;
import io.bihuan.imports.ImportRun.Kind;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What tables become beside complaints. */
@Configuration(proxyBeanMethods = false)
class ImportsConfiguration {
    private final Customers customers;
    private final ZoneId zone;

    ImportsConfiguration(Customers customers, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.customers = customers;
        this.zone = zone;
    }

    @Bean
    ImportTarget importedCustomers() {
        return new CustomerTarget(Kind.CUSTOMERS, customers, zone);
    }

    @Bean
    ImportTarget importedVehicles() {
        return new CustomerTarget(Kind.VEHICLES, customers, zone);
    }

    @Bean
    ImportTarget importedAppliances() {
        return new CustomerTarget(Kind.APPLIANCES, customers, zone);
    }

    @Bean
    ImportTarget importedOrders() {
        return new CustomerTarget(Kind.ORDERS, customers, zone);
    }
}
