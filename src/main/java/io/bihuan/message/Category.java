package io.bihuan.message;

/** Why somebody is told something; it decides when he may be told, and what he can refuse. */
public enum Category {
    /** What he must know because of his own matter: waits for the morning, comes in spite of a refusal of advertising. */
    SERVICE,
    /** The same, but not even the night can keep it: a danger, a code he asked for. */
    URGENT,
    /** Advertising, surveys about other things: never at night, never after a refusal, never by the account of services. */
    COMMERCIAL
}
