package benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A form as a browser sends it: encoded, or in parts where it could carry files. */
final class Fields {
    private static final String LINE = "----BihuanDay";
    static final String MULTIPART = "Content-Type: multipart/form-data; boundary=" + LINE;

    private final StringBuilder encoded = new StringBuilder();
    private final StringBuilder parts = new StringBuilder();

    Fields with(String name, String value) {
        if (!encoded.isEmpty()) {
            encoded.append('&');
        }
        encoded.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return part(name, value);
    }

    Fields part(String name, String value) {
        parts.append("--")
                .append(LINE)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n");
        return this;
    }

    String encoded() {
        return encoded.toString();
    }

    /** In parts, with no file chosen. */
    String body() {
        return parts + "--" + LINE
                + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--"
                + LINE + "--\r\n";
    }
}
