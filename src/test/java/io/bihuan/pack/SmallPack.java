package io.bihuan.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small sound pack for tests of one more part. */
public final class SmallPack {
    private static final String IDENTITY = """
            id: shop
            edition: first
            name: {zh: 商店, en: Shop}
            files: [%s]
            """;
    static final String ALL = """
            departments:
              - {code: desk, name: {zh: 柜台, en: Desk}}
            categories:
              - {code: goods, name: {zh: 商品, en: Goods}, department: desk}
            form:
              - {key: size, name: {zh: 尺码, en: Size}, type: TEXT, maxLength: 5}
            remedies:
              - {code: refund, name: {zh: 退款, en: Refund}}
            texts:
              hotline: {number: "400", hours: {zh: 全天, en: All day}}
              ways: []
              steps: []
              bodies: []
            """;

    private SmallPack() {}

    /** A {@code pack.yaml} that lists {@code all.yaml}. */
    static String identity(String id, String name) {
        return """
                id: %s
                edition: first
                name: {zh: 商店, en: %s}
                files: [all.yaml]
                """.formatted(id, name);
    }

    /** With this text as its only file beside {@code pack.yaml}. */
    public static Pack read(String all, PackPart<?>... parts) {
        var known = new ArrayList<>(Packs.ownParts());
        known.addAll(List.of(parts));
        return Packs.load(
                        List.of(PackFolder.of(
                                "shop", Map.of("pack.yaml", IDENTITY.formatted("all.yaml"), "all.yaml", all))),
                        known,
                        Map.of())
                .get("shop");
    }

    /** With this file {@code extra.yaml}; none when it is empty. */
    public static Pack load(String extra, PackPart<?>... parts) {
        var files = new HashMap<String, String>(Map.of(
                "pack.yaml",
                IDENTITY.formatted(extra.isEmpty() ? "all.yaml" : "all.yaml, extra.yaml"),
                "all.yaml",
                ALL));
        if (!extra.isEmpty()) {
            files.put("extra.yaml", extra);
        }
        var known = new ArrayList<>(Packs.ownParts());
        known.addAll(List.of(parts));
        return Packs.load(List.of(PackFolder.of("shop", files)), known, Map.of())
                .get("shop");
    }
}
