package io.bihuan.message;

import io.bihuan.platform.Writes;

/** Sends a short text to a phone. */
public interface CodeSender {
    /**
     * Adds to the writes of a transaction that a text with a code is to be sent; it goes out when that is committed.
     *
     * @param phone in E.164 form
     * @param code the one in the text, for the template of a provider
     */
    void send(String phone, String code, String text, Writes writes);
}
