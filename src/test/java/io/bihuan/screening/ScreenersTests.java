package io.bihuan.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Nobody of the crowd stays: other choices of people are bounded. */
@BihuanTest
@Transactional
class ScreenersTests {
    @Autowired
    Screeners screeners;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    @Test
    void somebodyWhoMayScreenCanBeChosenBehindFiveHundredWhoMayNot() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        UUID last =
                staff.create("last-" + mark, "Correct-horse-7", false, StaffDetails.of("龥末尾" + mark, null, Role.AGENT));
        jdbc.sql("""
                        insert into identity.staff (id, login, name, password_hash, must_change_password, roles, active, created_at)
                        select gen_random_uuid(), 'crowd-' || :mark || n, '0众人' || n, password_hash, false, array[:role], true,
                            created_at
                        from identity.staff, generate_series(1, 501) n where id = :id
                        """)
                .param("mark", mark)
                .param("role", Role.HANDLER.name())
                .param("id", last)
                .update();
        assertThat(staff.active()).extracting(StaffMember::id).doesNotContain(last);

        assertThat(screeners.all()).extracting(StaffMember::id).contains(last).allMatch(screeners::may);
    }
}
