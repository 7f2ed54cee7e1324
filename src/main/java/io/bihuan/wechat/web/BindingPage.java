package io.bihuan.wechat.web;

import io.bihuan.web.FieldErrors;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer ties a phone number to his OpenID.
 *
 * @param path of the page
 * @param key that opens it
 * @param current the number that is bound, masked
 * @param sentTo the number that a code is on its way to, masked; null before that
 */
public record BindingPage(
        String path,
        String key,
        @Nullable String current,
        @Nullable String sentTo,
        String phone,
        FieldErrors errors) {}
