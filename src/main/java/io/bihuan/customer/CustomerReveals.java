package io.bihuan.customer;

import io.bihuan.platform.Ids;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who saw the unmasked data of a customer, and why (PIPL art. 51: access to personal information is limited and recorded). */
@Component
public class CustomerReveals {
    private final JdbcClient jdbc;
    private final InstantSource time;

    CustomerReveals(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Records it; what is to be seen may be shown once this has returned. */
    public void record(UUID customer, UUID staff, String fields, String reason) {
        jdbc.sql("""
                        insert into customer.reveal (customer_id, id, staff, fields, reason, at)
                        values (:customer, :id, :staff, :fields, :reason, :now)
                        """)
                .param("customer", customer)
                .param("id", Ids.next())
                .param("staff", staff)
                .param("fields", fields)
                .param("reason", reason)
                .param("now", Customers.utc(time.instant()))
                .update();
    }
}
