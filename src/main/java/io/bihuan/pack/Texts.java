package io.bihuan.pack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the public pages say about complaining: ways in, steps, promises, and who else helps.
 *
 * @param ways how to complain
 * @param steps what happens then, in order
 * @param promises what the company promises
 * @param bodies external bodies that the customer may turn to
 */
public record Texts(Hotline hotline, List<Passage> ways, List<Passage> steps, List<Label> promises, List<Body> bodies) {
    public record Hotline(String number, Label hours) {}

    public record Passage(String code, Label title, Label text) {}

    /** An external body; at least one of phone and url is there. */
    public record Body(
            String code,
            Label name,
            Label text,
            @Nullable String phone,
            @Nullable String url) {}

    static Texts read(PackNode node) {
        var hotline = node.child("hotline");
        return new Texts(
                new Hotline(hotline.text("number"), hotline.label("hours")),
                passages(node.child("ways"), "way"),
                passages(node.child("steps"), "step"),
                node.labels("promises"),
                node.child("bodies").children().stream().map(Texts::body).toList());
    }

    private static List<Passage> passages(PackNode node, String kind) {
        return node.children().stream()
                .map(each -> new Passage(each.define(kind, "code"), each.label("title"), each.label("text")))
                .toList();
    }

    private static Body body(PackNode node) {
        var url = node.optionalText("url");
        if (url != null && !url.isEmpty() && !url.startsWith("https://")) {
            node.problemAt("url", "pack.problem.https");
        }
        if (!node.has("phone") && url == null) {
            node.problem("pack.problem.noWayToReach");
        }
        return new Body(
                node.define("external body", "code"),
                node.label("name"),
                node.label("text"),
                node.optionalText("phone"),
                url);
    }
}
