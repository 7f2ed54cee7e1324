package io.bihuan.routing;

/** What a complaint can be about, so far as it must not be judged there. */
public enum About {
    PERSON,
    OUTLET,
    DEPARTMENT
}
