package io.bihuan.platform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The writes of many commands, sent table by table with COPY: several times as fast as statements. Statements that are no plain
 * inserts follow after all rows, in batches. Tables are filled in the order in which the first writes name them.
 */
public final class CopiedWrites {
    private static final Pattern INSERT =
            Pattern.compile("(?s)insert into ([a-z_.]+) (\\([^()]+\\))\\s+values \\([?:a-z\\[\\], ]+\\)");

    private final Map<String, ByteArrayOutputStream> rows = new LinkedHashMap<>();
    private final Map<String, List<List<@Nullable Object>>> others = new LinkedHashMap<>();

    /** Takes over what the writes have collected. */
    public void add(Writes writes) {
        for (Writes.Write write : writes.writes) {
            Matcher insert = INSERT.matcher(write.sql());
            if (insert.matches()) {
                String copy = "copy " + insert.group(1) + " " + insert.group(2) + " from stdin";
                append(rows.computeIfAbsent(copy, sql -> new ByteArrayOutputStream()), write.parameters());
            } else {
                others.computeIfAbsent(write.sql(), sql -> new java.util.ArrayList<>())
                        .add(write.parameters());
            }
        }
        writes.clear();
    }

    /** Sends everything on a connection; the caller commits. */
    public void send(Connection connection) throws SQLException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : rows.entrySet()) {
            CopyIn copy = copies.copyIn(table.getKey());
            byte[] bytes = table.getValue().toByteArray();
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        }
        for (var other : others.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(other.getKey())) {
                for (List<@Nullable Object> parameters : other.getValue()) {
                    for (int i = 0; i < parameters.size(); i++) {
                        statement.setObject(i + 1, Writes.adapted(parameters.get(i)));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        rows.clear();
        others.clear();
    }

    private static void append(ByteArrayOutputStream out, List<@Nullable Object> values) {
        String row = values.stream().map(CopiedWrites::text).collect(Collectors.joining("\t", "", "\n"));
        out.writeBytes(row.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "\\N";
            case byte[] bytes -> "\\\\x" + HexFormat.of().formatHex(bytes);
            case Instant instant -> instant.toString();
            case Enum<?> constant -> constant.name();
            case Object[] array ->
                Arrays.stream(array).map(Objects::toString).collect(Collectors.joining(",", "{", "}"));
            default -> escaped(value.toString());
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
