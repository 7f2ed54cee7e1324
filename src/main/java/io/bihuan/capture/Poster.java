package io.bihuan.capture;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import io.bihuan.web.PdfFonts;
import io.bihuan.web.PdfFonts.Run;
import io.bihuan.web.QrCode;
import io.bihuan.web.Texts;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.openpdf.text.Document;
import org.openpdf.text.PageSize;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfWriter;

/** The sheet that hangs at an outlet: A4, one code to be read by a phone, in a font that is embedded. */
public final class Poster {
    private static final float MARGIN = 56;
    private static final float CODE_SIDE = 300;
    private static final Color INK = new Color(0x1b, 0x29, 0x3a);
    private static final Color BLUE = new Color(0x06, 0x6f, 0xd1);

    private Poster() {}

    /**
     * The sheet as PDF.
     *
     * @param address of the form that the code opens
     */
    public static byte[] pdf(Outlet outlet, String address, Texts t) {
        var out = new ByteArrayOutputStream();
        try (var document = new Document(PageSize.A4)) {
            PdfWriter writer = PdfWriter.getInstance(document, out);
            document.open();
            document.addTitle(t.of("capture.poster.title", outlet.name()));
            PdfFonts font = PdfFonts.load();
            PdfContentByte page = writer.getDirectContent();
            Rectangle paper = document.getPageSize();
            float middle = paper.getWidth() / 2;
            page.setColorFill(BLUE);
            page.rectangle(0, paper.getHeight() - 120, paper.getWidth(), 120);
            page.fill();
            text(page, font, Color.WHITE, 40, middle, paper.getHeight() - 78, t.of("capture.poster.headline"), paper);
            text(page, font, INK, 22, middle, paper.getHeight() - 178, outlet.name(), paper);
            text(page, font, INK, 15, middle, paper.getHeight() - 210, t.of("capture.poster.how"), paper);
            code(page, address, middle - CODE_SIDE / 2, paper.getHeight() - 240 - CODE_SIDE);
            float below = paper.getHeight() - 240 - CODE_SIDE;
            text(page, font, INK, 12, middle, below - 24, address, paper);
            text(page, font, INK, 15, middle, below - 70, t.of("capture.poster.then"), paper);
            text(page, font, INK, 15, middle, below - 96, t.of("capture.poster.paper"), paper);
            if (outlet.address() != null) {
                text(page, font, INK, 12, middle, MARGIN, outlet.address(), paper);
            }
        }
        return out.toByteArray();
    }

    /** Centred, and smaller when it would not fit. */
    private static void text(
            PdfContentByte page,
            PdfFonts fonts,
            Color color,
            float size,
            float x,
            float y,
            String text,
            Rectangle paper) {
        float room = paper.getWidth() - 2 * MARGIN;
        List<Run> runs = fonts.runs(text);
        float width = width(runs, size);
        float fitting = width > room ? size * room / width : size;
        page.beginText();
        page.setColorFill(color);
        page.setTextMatrix(x - width(runs, fitting) / 2, y);
        for (Run run : runs) {
            page.setFontAndSize(run.font(), fitting);
            page.showText(run.text());
        }
        page.endText();
    }

    private static float width(List<Run> runs, float size) {
        float width = 0;
        for (Run run : runs) {
            width += run.font().getWidthPoint(run.text(), size);
        }
        return width;
    }

    private static void code(PdfContentByte page, String address, float left, float bottom) {
        ByteMatrix modules = QrCode.modules(address, ErrorCorrectionLevel.Q);
        float side = CODE_SIDE / modules.getWidth();
        page.setColorFill(Color.BLACK);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    page.rectangle(left + x * side, bottom + CODE_SIDE - (y + 1) * side, side, side);
                }
            }
        }
        page.fill();
    }
}
