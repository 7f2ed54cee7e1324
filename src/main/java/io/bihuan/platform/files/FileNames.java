package io.bihuan.platform.files;

/** Names of uploaded files, made fit to be stored, shown and sent back in a header. */
public final class FileNames {
    private static final int LONGEST = 150;

    private FileNames() {}

    /**
     * The last part of a path without control, format and path characters, at most 150 characters with its ending kept;
     * {@code file} when nothing is left.
     */
    public static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        // Format characters (Cf) hold the right-to-left override, which makes "gpj.exe" read as "exe.jpg".
        String plain = last.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\"<>|:*?]", "")
                .strip();
        String shown = plain.replaceAll("^\\.+", "");
        if (shown.isBlank()) {
            return "file";
        }
        int[] points = shown.codePoints().toArray();
        if (points.length <= LONGEST) {
            return shown;
        }
        String ending = ending(shown);
        int kept = LONGEST - ending.length();
        return new String(points, 0, kept) + ending;
    }

    /** The ending with its dot as it was written, or nothing. */
    static String ending(String name) {
        int dot = name.lastIndexOf('.');
        boolean isEnding = dot > 0 && name.substring(dot).matches("\\.[A-Za-z0-9]{1,10}");
        return isEnding ? name.substring(dot) : "";
    }
}
