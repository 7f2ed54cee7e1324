package io.bihuan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Worklist;
import io.bihuan.platform.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

@BihuanTest
@ActiveProfiles("demo")
@DirtiesContext
class DemoDataTests {
    @Autowired
    DemoData demo;

    @Autowired
    Worklist worklist;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("verify-history")
    CommandLine verifyHistory;

    @Test
    void theDemonstrationIsACompanyWithFiftyComplaintsInEveryStageAndTrueHistories() throws Exception {
        assertThat(jdbc.sql("select count(*) from complaint.complaint")
                        .query(Long.class)
                        .single())
                .isEqualTo(50);
        assertThat(jdbc.sql("select distinct stage from complaint.complaint")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("ACCEPT", "VERIFY", "HANDLE", "FEEDBACK", "ARCHIVE");
        assertThat(worklist.page(Worklist.Filter.OPEN, null, 50).rows()).hasSizeBetween(5, 20);
        var out = new ByteArrayOutputStream();
        assertThat(verifyHistory.run(List.of(), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();

        demo.run(new DefaultApplicationArguments());
        assertThat(jdbc.sql("select count(*) from complaint.complaint")
                        .query(Long.class)
                        .single())
                .as("a second start adds nothing")
                .isEqualTo(50);
    }
}
