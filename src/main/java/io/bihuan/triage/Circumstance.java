package io.bihuan.triage;

import io.bihuan.complaint.Channel;
import java.util.Set;

/** What is known about a case beside its text and that rules may ask for. */
public enum Circumstance {
    /** Somebody was hurt. */
    INJURED,
    /** It came through an authority or carries its number. */
    REGULATOR,
    /** It is public, or a reporter asks. */
    MEDIA,
    /** The same customer or product complained before. */
    REPEATED,
    /** The customer is old, ill, pregnant or has an infant at home. */
    VULNERABLE;

    /** What the way by which a case came in says of it. */
    public static Set<Circumstance> of(Channel channel) {
        return switch (channel) {
            case REGULATOR -> Set.of(REGULATOR);
            case WEIBO -> Set.of(MEDIA);
            case WEB, HOTLINE, APP, EMAIL, WECHAT, CHAT, ONSITE, COMMUNITY, PARTNER, IMPORT -> Set.of();
        };
    }
}
