package io.bihuan.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key of one subject (AES-256-GCM, NIST SP 800-38D, random 96-bit nonce in front of the cipher text). Destroying its wrapped
 * form makes everything encrypted with it unreadable for good.
 */
public final class SubjectKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** Looking one up costs as much as a short text. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(SubjectKey::cipher);

    private final SecretKeySpec key;

    SubjectKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    public byte[] encrypt(String text) {
        return encrypt(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte @Nullable [] encryptNullable(@Nullable String text) {
        return text == null ? null : encrypt(text);
    }

    /** The text that was encrypted; {@link Tampered} when the bytes are not what this key once encrypted. */
    public String decrypt(byte[] sealed) {
        return new String(decryptBytes(sealed), StandardCharsets.UTF_8);
    }

    public @Nullable String decryptNullable(byte @Nullable [] sealed) {
        return sealed == null ? null : decrypt(sealed);
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    public byte[] encrypt(byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            ByteBuffer sealed = ByteBuffer.allocate(NONCE + cipher.getOutputSize(plain.length));
            sealed.put(nonce);
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** The bytes that were encrypted; {@link Tampered} when they are not what this key once encrypted. */
    public byte[] decryptBytes(byte[] sealed) {
        if (sealed.length <= NONCE) {
            throw new Tampered();
        }
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, Arrays.copyOfRange(sealed, 0, NONCE)));
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new Tampered();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** The bytes were changed after they were encrypted, or belong to another key. */
    public static final class Tampered extends RuntimeException {
        Tampered() {
            super("encrypted text does not belong to this key or was changed");
        }
    }
}
