package io.bihuan.mail;

/** Text whose lines a mailer broke with a space at the end (RFC 3676). */
final class FlowedText {
    private FlowedText() {}

    /** @param dropsSpace whether the space at the break is no part of the text, as in Chinese */
    static String unfold(String text, boolean dropsSpace) {
        var unfolded = new StringBuilder();
        String[] lines = text.split("\r?\n", -1);
        boolean flows = false;
        int depth = 0;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            int quotes = depth(line);
            String content = line.substring(quotes);
            if (content.startsWith(" ")) {
                content = content.substring(1);
            }
            boolean isSignature = content.equals("-- ");
            boolean continues = flows && quotes == depth && !isSignature;
            if (!continues) {
                unfolded.append(i == 0 ? "" : "\n").append(">".repeat(quotes)).append(quotes > 0 ? " " : "");
            }
            flows = content.endsWith(" ") && !isSignature && i < lines.length - 1;
            unfolded.append(flows && dropsSpace ? content.substring(0, content.length() - 1) : content);
            depth = quotes;
        }
        return unfolded.toString();
    }

    private static int depth(String line) {
        int depth = 0;
        while (depth < line.length() && line.charAt(depth) == '>') {
            depth++;
        }
        return depth;
    }
}
