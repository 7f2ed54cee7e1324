package io.bihuan.complaint;

import io.bihuan.privacy.Personal;

/**
 * A file that belongs to the complaint.
 *
 * @param sha256 of its content, in hexadecimal; {@code platform.files} holds the bytes
 * @param size in bytes
 */
public record Attachment(String sha256, Personal name, String mediaType, long size) {}
