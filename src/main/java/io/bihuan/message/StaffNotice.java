package io.bihuan.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something a colleague should know.
 *
 * @param occasion the event it is about: nobody is told of one occasion twice
 * @param key text of the sender's bundle, filled with the arguments in the language of the reader
 * @param href the page on which something can be done about it
 */
public record StaffNotice(
        UUID recipient, UUID occasion, String key, List<String> arguments, String href, Instant at) {}
