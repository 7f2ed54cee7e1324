package io.bihuan.dossier;

import io.bihuan.dossier.DossierContent.Chapter;
import io.bihuan.dossier.DossierContent.Line;
import io.bihuan.platform.files.FileUse;
import io.bihuan.web.PdfFonts;
import io.bihuan.web.Texts;
import java.awt.Color;
import java.io.OutputStream;
import java.time.Instant;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.HeaderFooter;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** The file on paper: A4, one chapter after the other, the files with their hashes at the end. */
final class DossierPdf {
    private static final float MARGIN = 48;
    private static final float[] WIDTHS = {27, 73};
    private static final Color INK = new Color(0x1b, 0x29, 0x3a);
    private static final Color SOFT = new Color(0x5b, 0x67, 0x77);
    private static final Color RULE = new Color(0xd5, 0xdb, 0xe3);

    private final PdfFonts fonts = PdfFonts.load();
    private final Texts t;

    DossierPdf(Texts t) {
        this.t = t;
    }

    void write(DossierContent content, Instant at, OutputStream out) {
        try (var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
            PdfWriter.getInstance(document, out).setCloseStream(false);
            document.addTitle(content.title());
            var footer = new HeaderFooter(phrase(content.title() + "  ", 8, SOFT, false), true);
            footer.setBorder(Rectangle.NO_BORDER);
            footer.setAlignment(org.openpdf.text.Element.ALIGN_CENTER);
            document.setFooter(footer);
            document.open();
            document.add(paragraph(content.title(), 20, INK, true, 0));
            document.add(paragraph(
                    t.of(content.isRevealed() ? "dossier.made.full" : "dossier.made.masked", t.dateTime(at)),
                    9,
                    SOFT,
                    false,
                    4));
            for (Chapter chapter : content.chapters()) {
                document.add(paragraph(chapter.title(), 14, INK, true, 18));
                if (chapter.lines().isEmpty()) {
                    document.add(paragraph(t.of("dossier.nothing"), 10, SOFT, false, 4));
                } else {
                    document.add(table(chapter));
                }
            }
            document.add(paragraph(t.of("dossier.files", content.files().size()), 14, INK, true, 18));
            for (FileUse file : content.files()) {
                document.add(paragraph(file.name(), 10, INK, false, 6));
                document.add(paragraph("SHA-256 " + file.file().hash().hex(), 8, SOFT, false, 0));
            }
        }
    }

    private PdfPTable table(Chapter chapter) {
        var table = new PdfPTable(WIDTHS);
        table.setWidthPercentage(100);
        table.setSpacingBefore(6);
        table.setSplitLate(false);
        for (Line line : chapter.lines()) {
            table.addCell(cell(line.label(), SOFT));
            table.addCell(cell(line.text(), INK));
        }
        return table;
    }

    private PdfPCell cell(String text, Color color) {
        var cell = new PdfPCell(phrase(text, 9.5f, color, false));
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(RULE);
        cell.setBorderWidth(0.5f);
        cell.setPadding(4);
        cell.setLeading(2, 1.25f);
        return cell;
    }

    private Paragraph paragraph(String text, float size, Color color, boolean isBold, float before) {
        var paragraph = new Paragraph(phrase(text, size, color, isBold));
        paragraph.setSpacingBefore(before);
        paragraph.setLeading(size * 1.4f);
        return paragraph;
    }

    private Phrase phrase(String text, float size, Color color, boolean isBold) {
        var phrase = new Phrase();
        for (PdfFonts.Run run : fonts.runs(text)) {
            phrase.add(new Chunk(run.text(), new Font(run.font(), size, isBold ? Font.BOLD : Font.NORMAL, color)));
        }
        return phrase;
    }
}
