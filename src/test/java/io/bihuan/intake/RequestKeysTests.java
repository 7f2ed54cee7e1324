package io.bihuan.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BihuanTest
class RequestKeysTests {
    @Autowired
    RequestKeys requests;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableTime time;

    private final UUID token = UUID.randomUUID();

    @AfterEach
    void now() {
        time.reset();
    }

    private void request(String key) {
        Submission submission = Submission.through(Submission.Door.API, "appliance", Channel.APP)
                .content("空调不制冷")
                .customer("张三", "13800138000", null)
                .build();
        requests.register(
                submission,
                new RequestKeys.Request(token, key, new byte[32]),
                complaint -> complaint.number().digits());
    }

    private long kept() {
        return jdbc.sql("select count(*) from intake.request_key where token_id = :token")
                .param("token", token)
                .query(Long.class)
                .single();
    }

    @Test
    void aKeyIsKeptThirtyDaysAndThenForgotten() {
        request("old");
        time.advance(Duration.ofDays(29));
        request("new");
        requests.forgetOld();
        assertThat(kept()).isEqualTo(2);

        time.advance(Duration.ofDays(1).plusSeconds(1));
        requests.forgetOld();
        assertThat(kept()).isEqualTo(1);
        request("old");
        assertThat(kept()).isEqualTo(2);
    }
}
