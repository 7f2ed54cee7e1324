package io.bihuan.platform.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;

/** What a file is, by its content; its name only narrows that down. */
public final class MediaTypes {
    /** How many bytes of the beginning are looked at. */
    static final int HEAD = 64 * 1024;

    private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();

    private static final Set<String> SAFE_IMAGES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    private static final List<MediaType> ACTIVE_PAGES = types(
            "text/html",
            "application/xhtml+xml",
            "image/svg+xml",
            "application/x-shockwave-flash",
            "application/mathml+xml");

    private static final List<MediaType> EXECUTABLES = types(
            "application/x-msdownload",
            "application/x-dosexec",
            "application/x-elf",
            "application/x-executable",
            "application/x-sharedlib",
            "application/x-object",
            "application/x-mach-o",
            "application/x-mach-o-executable",
            "application/x-mach-o-universal",
            "application/x-ms-installer",
            "application/x-ms-shortcut",
            "application/x-sh",
            "application/x-bat",
            "application/x-csh",
            "application/x-perl",
            "application/x-php",
            "application/javascript",
            "text/javascript",
            "text/vbscript",
            "text/x-vbscript",
            "text/x-vbdotnet",
            "text/x-python",
            "text/x-perl",
            "text/x-php",
            "text/x-ruby",
            "text/x-jsp",
            "text/asp",
            "text/aspdotnet",
            "application/java-vm",
            "application/java-archive",
            "application/x-java-jnlp-file",
            "application/vnd.android.package-archive",
            "application/vnd.microsoft.portable-executable",
            "application/x-debian-package",
            "application/x-rpm",
            "application/x-apple-diskimage",
            "application/wasm");

    // The name decides what a double click does with a downloaded file, whatever its content says.
    private static final Set<String> EXECUTABLE_ENDINGS = Set.of(
            ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".msi", ".msp", ".dll", ".cpl", ".ps1", ".psm1", ".vbs",
            ".vbe", ".js", ".mjs", ".jse", ".wsf", ".wsh", ".hta", ".lnk", ".url", ".reg", ".jar", ".apk", ".sh",
            ".bash", ".php", ".pl", ".py", ".rb", ".jsp", ".asp", ".aspx", ".chm", ".inf", ".scf", ".jnlp", ".iso",
            ".img", ".vhd", ".dmg", ".pkg", ".deb", ".rpm", ".elf", ".class");

    private static final Set<String> ACTIVE_PAGE_ENDINGS =
            Set.of(".html", ".htm", ".shtml", ".xhtml", ".xht", ".svg", ".svgz", ".mht", ".mhtml", ".swf");

    private MediaTypes() {}

    private static List<MediaType> types(String... names) {
        return List.of(names).stream().map(MediaType::parse).toList();
    }

    /** The media type of a file by its first bytes (64 KiB are enough) and, as a hint, its name. */
    public static String of(byte[] head, String name) {
        var hints = new Metadata();
        hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        try (var content = new ByteArrayInputStream(head)) {
            return KNOWN.detect(content, hints).getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JPEG, PNG, WebP and GIF: the only types that are ever sent to be shown in place. */
    public static boolean isSafeImage(String mediaType) {
        return SAFE_IMAGES.contains(mediaType);
    }

    /** The key of the text that says why such a file is not taken; empty when it is. */
    public static Optional<String> refusal(String mediaType, String name) {
        String ending = FileNames.ending(name).toLowerCase(Locale.ROOT);
        if (EXECUTABLE_ENDINGS.contains(ending) || isAny(mediaType, EXECUTABLES)) {
            return Optional.of("platform.file.executable");
        }
        if (ACTIVE_PAGE_ENDINGS.contains(ending) || isAny(mediaType, ACTIVE_PAGES)) {
            return Optional.of("platform.file.active-page");
        }
        return Optional.empty();
    }

    private static boolean isAny(String mediaType, List<MediaType> refused) {
        MediaTypeRegistry registry = KNOWN.getMediaTypeRegistry();
        MediaType type = registry.normalize(MediaType.parse(mediaType));
        return refused.stream()
                .map(registry::normalize)
                .anyMatch(other -> type.equals(other) || registry.isSpecializationOf(type, other));
    }
}
