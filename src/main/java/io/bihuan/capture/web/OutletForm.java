package io.bihuan.capture.web;

import io.bihuan.capture.Outlet;
import io.bihuan.complaint.Channel;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A place as it is typed. */
public record OutletForm(
        @NotBlank @Size(max = 40) String code,
        @NotBlank @Size(max = 60) String name,
        @Size(max = 120) String address,
        String channel,
        String businessLine,
        String active) {
    static final OutletForm EMPTY = new OutletForm("", "", "", Channel.ONSITE.name(), "", "true");

    public OutletForm(
            @Nullable String code,
            @Nullable String name,
            @Nullable String address,
            @Nullable String channel,
            @Nullable String businessLine,
            @Nullable String active) {
        this.code = Objects.requireNonNullElse(code, "").strip();
        this.name = Objects.requireNonNullElse(name, "").strip();
        this.address = Objects.requireNonNullElse(address, "").strip();
        this.channel = Objects.requireNonNullElse(channel, Channel.ONSITE.name());
        this.businessLine = Objects.requireNonNullElse(businessLine, "");
        this.active = Objects.requireNonNullElse(active, "true");
    }

    Outlet outlet(String line) {
        return new Outlet(
                code,
                name,
                address.isEmpty() ? null : address,
                channel.equals(Channel.COMMUNITY.name()) ? Channel.COMMUNITY : Channel.ONSITE,
                line,
                active.equals("true"));
    }
}
