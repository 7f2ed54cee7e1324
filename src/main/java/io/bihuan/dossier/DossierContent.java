package io.bihuan.dossier;

import io.bihuan.platform.files.FileUse;
import java.util.List;

/**
 * What stands in the file of a complaint, in words.
 *
 * @param isRevealed whether the customer's data stand in it unmasked
 * @param files oldest first
 */
public record DossierContent(String title, boolean isRevealed, List<Chapter> chapters, List<FileUse> files) {
    public DossierContent {
        chapters = List.copyOf(chapters);
        files = List.copyOf(files);
    }

    /** A part of the file. */
    public record Chapter(DossierPart part, String title, List<Line> lines) {
        public Chapter {
            lines = List.copyOf(lines);
        }
    }

    /** What is said of something. */
    public record Line(String label, String text) {}

    /** All of it as plain text: what the seal is taken of. */
    public String text() {
        var text = new StringBuilder(title).append('\n');
        for (Chapter chapter : chapters) {
            text.append("\n# ").append(chapter.title()).append('\n');
            for (Line line : chapter.lines()) {
                text.append(line.label()).append('\t').append(line.text()).append('\n');
            }
        }
        for (FileUse file : files) {
            text.append(file.file().hash().hex())
                    .append("  ")
                    .append(file.name())
                    .append('\n');
        }
        return text.toString();
    }
}
