package io.bihuan.wechat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures and encryption of callbacks, as the platform defines them: SHA-1 over the sorted parts; AES-256-CBC whose first vector is
 * the beginning of the key, over 16 random bytes, the length, the text and the AppID, padded to 32 bytes.
 */
final class MessageSeal {
    private static final int BLOCK = 32;
    private static final int RANDOM = 16;
    private static final int LENGTH = 4;

    /** The message was not encrypted with this key for this account. */
    static final class Broken extends Exception {
        Broken(String why) {
            super(why);
        }
    }

    private MessageSeal() {}

    /** Hexadecimal SHA-1 of the sorted parts. */
    static String signature(String... parts) {
        String[] sorted = parts.clone();
        Arrays.sort(sorted);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1")
                            .digest(String.join("", sorted).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 is not available", e);
        }
    }

    /** Compares without telling by its time how much was right. */
    static boolean isSigned(String signature, String... parts) {
        return MessageDigest.isEqual(
                signature(parts).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** The text that was encrypted for this AppID. */
    static String open(String encrypted, byte[] key, String appId) throws Broken {
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(encrypted.strip());
        } catch (IllegalArgumentException e) {
            throw new Broken("not base64");
        }
        if (sealed.length == 0 || sealed.length % 16 != 0) {
            throw new Broken("not whole blocks");
        }
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new Broken("not decrypted");
        }
        int padding = plain[plain.length - 1];
        if (padding < 1 || padding > BLOCK || padding > plain.length) {
            throw new Broken("padding");
        }
        for (int i = plain.length - padding; i < plain.length; i++) {
            if (plain[i] != padding) {
                throw new Broken("padding");
            }
        }
        int end = plain.length - padding;
        if (end < RANDOM + LENGTH) {
            throw new Broken("too short");
        }
        int length = ByteBuffer.wrap(plain, RANDOM, LENGTH).getInt();
        int from = RANDOM + LENGTH;
        if (length < 0 || length > end - from) {
            throw new Broken("length");
        }
        String receiver = new String(plain, from + length, end - from - length, StandardCharsets.UTF_8);
        if (!receiver.equals(appId)) {
            throw new Broken("for another account");
        }
        return new String(plain, from, length, StandardCharsets.UTF_8);
    }

    /** Encrypts as the platform does. */
    static String seal(String text, byte[] key, String appId, byte[] random) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] receiver = appId.getBytes(StandardCharsets.UTF_8);
        int length = RANDOM + LENGTH + content.length + receiver.length;
        int padding = BLOCK - length % BLOCK;
        ByteBuffer plain = ByteBuffer.allocate(length + padding)
                .put(random, 0, RANDOM)
                .putInt(content.length)
                .put(content)
                .put(receiver);
        Arrays.fill(plain.array(), length, length + padding, (byte) padding);
        try {
            return Base64.getEncoder()
                    .encodeToString(cipher(Cipher.ENCRYPT_MODE, key).doFinal(plain.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is not available", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
        // The platform prescribes CBC; what it protects against change is the signature.
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
        return cipher;
    }
}
