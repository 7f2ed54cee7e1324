package io.bihuan.message;

import io.bihuan.platform.Writes;

/** Sends a short text to a phone. */
public interface CodeSender {
    /**
     * Adds to the writes of a transaction that a text is to be sent; it goes out when that is committed.
     *
     * @param phone in E.164 form
     */
    void send(String phone, String text, Writes writes);
}
