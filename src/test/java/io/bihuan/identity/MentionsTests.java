package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MentionsTests {
    private final StaffMember wang = member("wang.lei", "王磊");
    private final StaffMember wangLong = member("wang.leiming", "王磊明");
    private final StaffMember li = member("li", "Li Na");

    private static StaffMember member(String login, String name) {
        return new StaffMember(
                UUID.nameUUIDFromBytes(login.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                login,
                name,
                Set.of(Role.HANDLER),
                null,
                null,
                true,
                false,
                Instant.EPOCH,
                null,
                null,
                Set.of(),
                null);
    }

    private List<UUID> in(String text) {
        return Mentions.in(text, List.of(wang, wangLong, li));
    }

    @Test
    void theLongestNameThatFitsIsMeant() {
        assertThat(in("请@王磊明看一下")).containsExactly(wangLong.id());
        assertThat(in("请@王磊 看一下")).containsExactly(wang.id());
        assertThat(in("＠王磊，＠王磊明")).containsExactly(wang.id(), wangLong.id());
    }

    @Test
    void aLoginCallsToo() {
        assertThat(in("@LI please")).containsExactly(li.id());
        assertThat(in("@lina")).isEmpty();
        assertThat(in("@Li Na please")).containsExactly(li.id());
    }

    @Test
    void anAddressCallsNobody() {
        assertThat(in("wang@li")).isEmpty();
        assertThat(in("没有人@")).isEmpty();
    }
}
