package io.bihuan.intake;

import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    DutyRoster dutyRoster(Staff staff, ChannelDuties duties, InstantSource time) {
        return new DutyRoster(() -> onDuty(staff), duties::of, time);
    }

    /** Agents; a system that has none yet gives its complaints to the administrators, for they must not be lost. */
    private static List<UUID> onDuty(Staff staff) {
        List<StaffMember> agents = staff.withRole(Role.AGENT, null);
        return (agents.isEmpty() ? staff.withRole(Role.ADMINISTRATOR, null) : agents)
                .stream().map(StaffMember::id).toList();
    }
}
