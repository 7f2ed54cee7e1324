package io.bihuan.complaint;

/** How a complaint reached the company. */
public enum Channel {
    WEB,
    HOTLINE,
    APP,
    EMAIL,
    WECHAT,
    CHAT,
    WEIBO,
    ONSITE,
    COMMUNITY,
    PARTNER,
    REGULATOR,
    IMPORT
}
