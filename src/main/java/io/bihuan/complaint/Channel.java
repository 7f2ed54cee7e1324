package io.bihuan.complaint;

/** How a complaint reached the company. */
public enum Channel {
    WEB,
    HOTLINE,
    APP,
    EMAIL,
    WECHAT,
    WEIBO,
    ONSITE,
    COMMUNITY,
    PARTNER,
    REGULATOR,
    IMPORT
}
