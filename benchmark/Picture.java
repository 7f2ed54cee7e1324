package benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Figures over the number of complaints, both axes logarithmic, as SVG on white so that it is read on any page. */
final class Picture {
    /** A line: which figure, and what is written at its end. */
    private record Line(String name, String unit, String label) {}

    private record Panel(String title, double bound, String boundLabel, List<Line> lines) {}

    private record Point(double x, double y, double low, double high) {}

    private static final List<Panel> PANELS = List.of(
            new Panel(
                    "Lists and search: 95 of 100 answers come within",
                    50,
                    "at most 50 ms",
                    List.of(
                            new Line("worklist OPEN", "ms p95", "worklist"),
                            new Line("worklist ALL, by channel", "ms p95", "all, one channel"),
                            new Line("worklist ALL, page 200", "ms p95", "all, 200th page"),
                            new Line("due", "ms p95", "due next"),
                            new Line("search, 2 characters, common", "ms p95", "search, 2 common characters"),
                            new Line("search, 8 characters, rare", "ms p95", "search, 8 rare characters"),
                            new Line(
                                    "customer with the most complaints, last page",
                                    "ms p95",
                                    "busiest customer, last page"),
                            new Line("API similar", "ms p95", "API, similar complaints"))),
            new Panel(
                    "Pages: half of the answers come within",
                    10,
                    "at most 10 ms",
                    List.of(
                            new Line("complaint, 12 events", "ms p50", "complaint, 12 events"),
                            new Line(
                                    "complaint, all of %d events and %d files"
                                            .formatted(Ground.HEAVY_EVENTS, Ground.HEAVY_FILES),
                                    "ms p50",
                                    "complaint, 500 events (≤ 20)"),
                            new Line("customer with the most complaints", "ms p50", "busiest customer"),
                            new Line("complaint, solution", "ms p50", "solution"),
                            new Line("API complaint", "ms p50", "API, complaint"),
                            new Line("API history", "ms p50", "API, history"))));

    private static final List<String> COLOURS =
            List.of("#1f5fa8", "#b4451f", "#2f7d4f", "#7a4ea3", "#8a6d00", "#b3246b", "#0f7f86", "#5c5c5c");

    private static final int WIDTH = 1080;
    private static final int HEIGHT = 470;
    private static final int LEFT = 56;
    private static final int TOP = 84;
    private static final int BOTTOM = 62;
    private static final int PLOT = 260;
    private static final int PANEL = WIDTH / 2;
    private static final int LABEL = 16;
    private static final double LEAST = 0.5;
    private static final double MOST = 200;

    private final List<Figure> kept;
    private final List<Long> sizes;
    private final StringBuilder svg = new StringBuilder();

    private Picture(List<Figure> kept) {
        this.kept = kept;
        this.sizes = kept.stream().map(Figure::complaints).distinct().sorted().toList();
    }

    static String of(List<Figure> kept) {
        return new Picture(kept).draw();
    }

    static boolean shows(Figure figure) {
        return PANELS.stream()
                .flatMap(panel -> panel.lines().stream())
                .anyMatch(
                        line -> line.name().equals(figure.name()) && line.unit().equals(figure.unit()));
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title\"",
                WIDTH, HEIGHT);
        add(" font-family=\"system-ui, -apple-system, 'Segoe UI', sans-serif\" font-size=\"12\" fill=\"#24292f\">\n");
        add("<title id=\"title\">Time of answers over the number of complaints</title>\n");
        add(
                "<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"12\" fill=\"#ffffff\" stroke=\"#d0d7de\" stroke-width=\"1.5\"/>\n",
                WIDTH - 2, HEIGHT - 2);
        text(
                24,
                32,
                "start",
                "font-size=\"16\" font-weight=\"600\"",
                "How long answers take with more and more complaints");
        for (int each = 0; each < PANELS.size(); each++) {
            panel(PANELS.get(each), each * PANEL + LEFT);
        }
        text(
                24,
                HEIGHT - 14,
                "start",
                "fill=\"#57606a\"",
                "Milliseconds over complaints, both logarithmic; application and PostgreSQL on one machine of two cores, -Xmx512m. Dots:"
                        + " median of three rounds; bars: lowest to highest.");
        add("</svg>\n");
        return svg.toString();
    }

    private void panel(Panel panel, int left) {
        int bottom = HEIGHT - BOTTOM;
        text(left - 32, TOP - 22, "start", "font-size=\"13\" font-weight=\"600\"", panel.title());
        for (double value : new double[] {0.5, 1, 2, 5, 10, 20, 50, 100, 200}) {
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#eaeef2\"/>\n",
                    left, y(value), left + PLOT, y(value));
            text(left - 8, y(value) + 4, "end", "fill=\"#57606a\"", value < 1 ? "0.5" : "%.0f".formatted(value));
        }
        for (long size : sizes) {
            add(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#eaeef2\"/>\n",
                    x(size, left), TOP, x(size, left), bottom);
            text(x(size, left), bottom + 18, "middle", "fill=\"#57606a\"", "%,d".formatted(size));
        }
        add(
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#cf222e\" stroke-dasharray=\"5 4\"/>\n",
                left, y(panel.bound()), left + PLOT, y(panel.bound()));
        text(left + 4, y(panel.bound()) - 5, "start", "fill=\"#cf222e\"", panel.boundLabel());
        lines(panel, left);
    }

    private void lines(Panel panel, int left) {
        var ends = new ArrayList<Integer>();
        var points = new ArrayList<List<Point>>();
        for (int each = 0; each < panel.lines().size(); each++) {
            points.add(points(panel.lines().get(each), left));
            if (!points.get(each).isEmpty()) {
                ends.add(each);
                line(points.get(each), COLOURS.get(each));
            }
        }
        // Labels keep the order of the ends of their lines, apart from each other.
        ends.sort(Comparator.comparingDouble(each -> points.get(each).getLast().y()));
        double[] labels = apart(ends.stream()
                .mapToDouble(each -> points.get(each).getLast().y())
                .toArray());
        for (int each = 0; each < ends.size(); each++) {
            Point end = points.get(ends.get(each)).getLast();
            String colour = COLOURS.get(ends.get(each));
            add(
                    "<polyline points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\" fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.45\"/>\n",
                    end.x() + 5, end.y(), end.x() + 14, labels[each], end.x() + 20, labels[each], colour);
            text(
                    end.x() + 24,
                    labels[each] + 4,
                    "start",
                    "fill=\"" + colour + "\"",
                    panel.lines().get(ends.get(each)).label());
        }
    }

    private static double[] apart(double[] wanted) {
        double[] labels = wanted.clone();
        double last = TOP - LABEL;
        for (int each = 0; each < labels.length; each++) {
            labels[each] = Math.max(labels[each], last + LABEL);
            last = labels[each];
        }
        double next = HEIGHT - BOTTOM + LABEL;
        for (int each = labels.length - 1; each >= 0; each--) {
            labels[each] = Math.min(labels[each], next - LABEL);
            next = labels[each];
        }
        return labels;
    }

    private List<Point> points(Line line, int left) {
        return sizes.stream()
                .flatMap(size -> Growth.find(kept, line.name(), line.unit(), size).stream())
                .map(each -> new Point(x(each.complaints(), left), y(each.median()), y(each.least()), y(each.most())))
                .toList();
    }

    private void line(List<Point> points, String colour) {
        add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
        points.forEach(point -> add("%.1f,%.1f ", point.x(), point.y()));
        add("\"/>\n");
        for (Point point : points) {
            add(
                    "<line x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>"
                            + "<circle cx=\"%1$.1f\" cy=\"%5$.1f\" r=\"3\" fill=\"%4$s\"/>\n",
                    point.x(), point.low(), point.high(), colour, point.y());
        }
    }

    private double x(long complaints, int left) {
        double first = Math.log10(sizes.getFirst());
        double last = Math.max(Math.log10(sizes.getLast()), first + 0.1);
        int margin = 16;
        return left + margin + (PLOT - 2 * margin) * (Math.log10(complaints) - first) / (last - first);
    }

    private static double y(double milliseconds) {
        double within = Math.clamp(milliseconds, LEAST, MOST);
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.log(within / LEAST) / Math.log(MOST / LEAST);
    }

    private void text(double x, double y, String anchor, String look, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>", x, y, anchor, look);
        svg.append(text.replace("&", "&amp;").replace("<", "&lt;")).append("</text>\n");
    }

    private void add(String text, Object... values) {
        svg.append(values.length == 0 ? text : String.format(Locale.ROOT, text, values));
    }
}
