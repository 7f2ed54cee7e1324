package io.bihuan.customer;

/** By what a customer is known; the first is the surest. */
public enum IdentityKind {
    /** The number under which the company's own systems keep the customer. */
    NUMBER,
    PHONE,
    EMAIL,
    /** The id of a WeChat user, which is another for each official account. */
    WECHAT
}
