package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Who is called is looked for among all people, however many there are. Nobody of them stays: choices show the first 500. */
@BihuanTest
@Transactional
class MentionedPeopleTests {
    @Autowired
    Mentions mentions;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    private UUID person(String login, String name) {
        return staff.create(login, "Correct-horse-7", false, StaffDetails.of(name, null, Role.AGENT));
    }

    @Test
    void somebodyBehindFiveHundredOthersIsCalledByNameAndByLogin() {
        UUID last = person("Zoe.last-" + mark, "龥末尾" + mark);
        Crowd.whileHere(jdbc, Role.AGENT, () -> {
            assertThat(staff.active()).extracting(StaffMember::id).doesNotContain(last);

            assertThat(mentions.in("请@龥末尾" + mark + "看一下")).containsExactly(last);
            assertThat(mentions.in("请 ＠ZOE.LAST-" + mark + "，谢谢")).containsExactly(last);
            assertThat(mentions.in("请 @龥末尾 看一下")).isEmpty();
        });
    }

    @Test
    void theLongestNameIsMeantWhoeverElseIsCalledAndNobodyWhoHasLeft() {
        UUID shorter = person("short-" + mark, "王磊" + mark);
        UUID longer = person("long-" + mark, "王磊" + mark + "明");
        UUID gone = person("gone-" + mark, "王离" + mark);
        staff.update(gone, new StaffDetails("王离" + mark, Set.of(Role.AGENT), null, null, false));

        assertThat(mentions.in("@王磊" + mark + "明天上门，@王离" + mark + " 不在，@王磊" + mark + "在"))
                .containsExactly(longer, shorter);
        assertThat(mentions.in("@a" + "😀".repeat(40))).isEmpty();
    }

    @Test
    void amongThousandsOfSignsNobodyIsLost() {
        UUID called = person("called-" + mark, "孙" + mark);
        var text = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            text.append(" @x").append(i);
        }
        assertThat(mentions.in(text + " @孙" + mark)).containsExactly(called);
    }
}
