package io.bihuan.teamwork.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Crowd;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.pack.Packs;
import io.bihuan.web.Bundles;
import io.bihuan.web.Option;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Nobody of the crowd stays: other choices of people are bounded. */
@BihuanTest
@Transactional
class WorkersTests {
    @Autowired
    Workers workers;

    @Autowired
    Staff staff;

    @Autowired
    Packs packs;

    @Autowired
    Bundles bundles;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whoWorksOnComplaintsCanBeChosenBehindFiveHundredOthers() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        staff.create("last-" + mark, "Correct-horse-7", false, StaffDetails.of("龥末尾" + mark, null, Role.QUALITY));
        Crowd.whileHere(jdbc, Role.AUDITOR, () -> {
            assertThat(workers.people(packs.of("appliance"), bundles.in(Locale.SIMPLIFIED_CHINESE)))
                    .flatExtracting(ChoiceGroup::options)
                    .extracting(Option::label)
                    .contains("龥末尾" + mark)
                    .noneMatch(name -> name.startsWith("0众人"));
        });
    }
}
