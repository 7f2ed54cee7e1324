package io.bihuan.pack;

/** What comes first (优先级): urgency and customers affected; it decides the order in lists and routing. The first comes first. */
public enum Priority {
    HIGH,
    MEDIUM,
    LOW
}
