package io.bihuan.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How PostgreSQL carried out one statement, from its auto_explain. */
record Plan(String sql, JsonNode root) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern START = Pattern.compile("^duration: .*?plan:\\s*", Pattern.DOTALL);
    /** Rows that a statement may look at whatever it gives. */
    static final long FREE = 1_500;
    /** Rows that it may look at for each one it gives. */
    static final long FOR_EACH = 10;
    /** Pages of 8 KiB that it may touch whatever it gives, and for each row. */
    static final long PAGES = 3_000;

    static final long PAGES_FOR_EACH = 20;

    static final String READS_ALL = "reads all of ";

    static Plan of(String notice) {
        JsonNode all = JSON.readTree(START.matcher(notice).replaceFirst(""));
        return new Plan(all.path("Query Text").asString(""), all.path("Plan"));
    }

    static boolean isOne(String notice) {
        return START.matcher(notice).find();
    }

    /** What is wrong with it, in words. */
    List<String> faults(Set<String> large) {
        var faults = new ArrayList<String>();
        look(root, large, faults);
        double given = given(root);
        double read = read(root);
        if (read > FREE + FOR_EACH * given) {
            faults.add("looks at %.0f rows to give %.0f".formatted(read, given));
        }
        long pages = root.path("Shared Hit Blocks").asLong()
                + root.path("Shared Read Blocks").asLong();
        if (pages > PAGES + PAGES_FOR_EACH * given && read <= FREE + FOR_EACH * given) {
            faults.add("touches %d pages".formatted(pages));
        }
        return faults;
    }

    private static void look(JsonNode node, Set<String> large, List<String> faults) {
        String table = node.path("Schema").asString("") + "."
                + node.path("Relation Name").asString("");
        if (node.path("Node Type").asString().equals("Seq Scan") && large.contains(table)) {
            faults.add(READS_ALL + table + condition(node, "Filter"));
        }
        if (node.path("Node Type").asString().startsWith("Index")
                && node.path("Index Cond").isMissingNode()
                && !node.path("Filter").isMissingNode()
                && rows(node) > FREE) {
            faults.add("walks through all of %s%s"
                    .formatted(node.path("Index Name").asString(), condition(node, "Filter")));
        }
        if (node.path("Sort Space Type").asString("").equals("Disk")) {
            faults.add("sorts on disk by " + node.path("Sort Key"));
        }
        if (node.path("Temp Written Blocks").asLong() > 0) {
            faults.add("spills " + node.path("Temp Written Blocks").asLong() + " pages");
        }
        node.path("Plans").forEach(child -> look(child, large, faults));
    }

    private static String condition(JsonNode node, String name) {
        return node.path(name).isMissingNode() ? "" : " for " + node.path(name).asString();
    }

    private static double given(JsonNode node) {
        return node.path("Node Type").asString().equals("ModifyTable")
                ? given(node.path("Plans").path(0))
                : node.path("Actual Rows").asDouble()
                        * node.path("Actual Loops").asDouble(1);
    }

    private static double read(JsonNode node) {
        double read = node.path("Relation Name").isMissingNode()
                        || node.path("Node Type").asString().equals("ModifyTable")
                ? 0
                : rows(node);
        for (JsonNode child : node.path("Plans")) {
            read += read(child);
        }
        return read;
    }

    private static double rows(JsonNode node) {
        return (node.path("Actual Rows").asDouble()
                        + node.path("Rows Removed by Filter").asDouble()
                        + node.path("Rows Removed by Index Recheck").asDouble())
                * node.path("Actual Loops").asDouble(1);
    }
}
