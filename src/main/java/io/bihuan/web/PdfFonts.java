package io.bihuan.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.openpdf.text.pdf.BaseFont;

/**
 * The fonts of printed pages. The font of the jar has no Latin letters; those that every reader of PDF has are taken for them.
 *
 * @param latin for ASCII
 * @param han embedded, for all else
 */
public record PdfFonts(BaseFont latin, BaseFont han) {
    /** Neighbouring letters of one font. */
    public record Run(BaseFont font, String text) {}

    /** The fonts for one document. */
    public static PdfFonts load() {
        try (InputStream in = PdfFonts.class.getResourceAsStream("/fonts/DroidSansFallbackFull.ttf")) {
            if (in == null) {
                throw new IllegalStateException("the font is not in the jar");
            }
            return new PdfFonts(
                    BaseFont.createFont(BaseFont.HELVETICA, BaseFont.WINANSI, BaseFont.NOT_EMBEDDED),
                    BaseFont.createFont(
                            "DroidSansFallbackFull.ttf",
                            BaseFont.IDENTITY_H,
                            BaseFont.EMBEDDED,
                            true,
                            in.readAllBytes(),
                            null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text in pieces that each can be set in one font. */
    public List<Run> runs(String text) {
        var runs = new ArrayList<Run>();
        int start = 0;
        while (start < text.length()) {
            boolean isLatin = text.charAt(start) < 0x80;
            int end = start;
            while (end < text.length() && (text.charAt(end) < 0x80) == isLatin) {
                end++;
            }
            runs.add(new Run(isLatin ? latin : han, text.substring(start, end)));
            start = end;
        }
        return runs;
    }
}
