package io.bihuan.capture;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts what was written down into the inbox, once: a post by its address, a slip by its number at the outlet. */
@Component
public class Captures {
    static final String POST = "post";
    static final String PAPER = "paper";
    static final JsonMapper JSON = JsonMapper.shared();
    private static final String TYPE = "application/json";

    private final Inbox inbox;
    private final Outlets outlets;
    private final InstantSource time;

    Captures(Inbox inbox, Outlets outlets, InstantSource time) {
        this.inbox = inbox;
        this.outlets = outlets;
        this.time = time;
    }

    /**
     * Keeps a post.
     *
     * @throws Refused when its address is not one of the web, or there is no text
     */
    public Inbox.Receipt post(PublicPost post) {
        String identity = PublicPost.identity(post.url()).orElseThrow(() -> new Refused("capture.refused.url"));
        if (post.text().isBlank()) {
            throw new Refused("capture.refused.text");
        }
        return inbox.receive(Received.of(Channel.WEIBO, POST + ":web", identity, time.instant(), TYPE, bytes(post))
                .withBusinessLine(post.businessLine()));
    }

    /**
     * Keeps a slip.
     *
     * @throws Refused when there is no such outlet, no number or no text
     */
    public Inbox.Receipt slip(PaperSlip slip) {
        Outlet outlet = outlets.find(slip.outlet())
                .filter(Outlet::active)
                .orElseThrow(() -> new Refused("capture.refused.outlet"));
        if (slip.number().isBlank()) {
            throw new Refused("capture.refused.number");
        }
        if (slip.text().isBlank()) {
            throw new Refused("capture.refused.text");
        }
        return inbox.receive(Received.of(
                        outlet.channel(),
                        PAPER + ":" + outlet.code(),
                        slip.number().strip(),
                        time.instant(),
                        TYPE,
                        bytes(slip))
                .withBusinessLine(outlet.businessLine()));
    }

    private static byte[] bytes(Object record) {
        byte[] bytes = JSON.writeValueAsString(record).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Received.LARGEST_CONTENT) {
            throw new Refused("capture.refused.long");
        }
        return bytes;
    }
}
