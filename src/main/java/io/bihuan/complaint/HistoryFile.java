package io.bihuan.complaint;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Histories in a file: gzip, one line of JSON a complaint, the anchors at the end. Personal data stays encrypted; whoever has the
 * file can verify it with nothing but this program.
 */
final class HistoryFile implements HistorySource {
    private record Line(
            @Nullable StoredChain chain, @Nullable StoredAnchor anchor) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    /** Writes everything; returns the number of complaints. */
    long write(HistorySource source) throws IOException {
        long[] chains = {0};
        Path unfinished = path.resolveSibling(path.getFileName() + ".part");
        try (OutputStream bytes = Files.newOutputStream(unfinished);
                var out = new BufferedWriter(
                        new OutputStreamWriter(new GZIPOutputStream(bytes, 1 << 16), StandardCharsets.UTF_8))) {
            source.forEachChain(chain -> {
                chains[0]++;
                writeLine(out, new Line(chain, null));
            });
            for (StoredAnchor anchor : source.anchors()) {
                writeLine(out, new Line(null, anchor));
            }
        }
        Files.move(unfinished, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return chains[0];
    }

    private static void writeLine(BufferedWriter out, Line line) {
        try {
            out.write(JSON.writeValueAsString(line));
            out.write('\n');
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void forEachChain(Consumer<StoredChain> reader) throws IOException {
        lines(line -> {
            if (line.chain() != null) {
                reader.accept(line.chain());
            }
        });
    }

    @Override
    public List<StoredAnchor> anchors() throws IOException {
        var anchors = new ArrayList<StoredAnchor>();
        lines(line -> {
            if (line.anchor() != null) {
                anchors.add(line.anchor());
            }
        });
        return anchors;
    }

    private void lines(Consumer<Line> reader) throws IOException {
        try (InputStream bytes = Files.newInputStream(path);
                var in = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(bytes, 1 << 16), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reader.accept(JSON.readValue(line, Line.class));
            }
        }
    }
}
