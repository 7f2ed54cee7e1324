package io.bihuan.identity;

/** What somebody of the staff is there for; one person may have several. */
public enum Role {
    AGENT,
    HANDLER,
    QUALITY,
    MANAGER,
    AUDITOR,
    ADMINISTRATOR
}
