package io.bihuan.industry.web;

import io.bihuan.web.Texts;

/** What the parts and keys of packs are called by people; codes are shown as they are. */
final class PartWords {
    private PartWords() {}

    static String part(String part, Texts t) {
        return said("industry.part." + part, part, t);
    }

    static String key(String key, Texts t) {
        return said("industry.key." + key, key, t);
    }

    private static String said(String text, String otherwise, Texts t) {
        return t.has(text) ? t.of(text) : otherwise;
    }
}
