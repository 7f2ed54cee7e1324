package io.bihuan.message;

/** A way on which somebody can be told something. */
public enum Way {
    SMS,
    WECHAT,
    EMAIL,
    /** A person calls. */
    PHONE;

    /** Whether it may wake somebody: such a way keeps quiet at night. */
    boolean rings() {
        return this != EMAIL;
    }
}
