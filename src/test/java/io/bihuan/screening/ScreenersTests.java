package io.bihuan.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Crowd;
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
        Crowd.whileHere(jdbc, Role.HANDLER, () -> {
            assertThat(staff.active()).extracting(StaffMember::id).doesNotContain(last);

            assertThat(screeners.all())
                    .extracting(StaffMember::id)
                    .contains(last)
                    .allMatch(screeners::may);
        });
    }
}
