package io.bihuan.identity;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** More people than a list of all of them holds, each before anybody else by name. */
public final class Crowd {
    private static final int MORE_THAN_FIT = 501;

    private Crowd() {}

    /** They have left when it is over: every other class shares the database. */
    public static void whileHere(JdbcClient jdbc, Role role, Runnable what) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        jdbc.sql("""
                        insert into identity.staff (id, login, name, password_hash, must_change_password, roles, active, created_at)
                        select gen_random_uuid(), 'crowd-' || :mark || n, '0众人' || n, '', false, array[:role], true, now()
                        from generate_series(1, :many) n
                        """)
                .param("mark", mark)
                .param("role", role.name())
                .param("many", MORE_THAN_FIT)
                .update();
        try {
            what.run();
        } finally {
            jdbc.sql("update identity.staff set active = false where starts_with(login, :crowd)")
                    .param("crowd", "crowd-" + mark)
                    .update();
        }
    }
}
