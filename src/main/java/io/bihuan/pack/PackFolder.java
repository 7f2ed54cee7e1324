package io.bihuan.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The bytes of a pack's files by file name; the folder's name is the pack's id. */
public record PackFolder(String name, SortedMap<String, byte[]> files) {
    static final String ROOT = "packs/";

    /** A folder of UTF-8 texts. */
    public static PackFolder of(String name, Map<String, String> texts) {
        var files = new TreeMap<String, byte[]>();
        texts.forEach((file, text) -> files.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return new PackFolder(name, files);
    }

    /** The packs that ship with the application, in the order of their names. */
    public static List<PackFolder> shipped(ClassLoader loader) {
        var folders = new TreeMap<String, SortedMap<String, byte[]>>();
        try {
            for (var resource :
                    new PathMatchingResourcePatternResolver(loader).getResources("classpath*:" + ROOT + "*/*.yaml")) {
                folders.computeIfAbsent(folderOf(resource), folder -> new TreeMap<>())
                        .put(String.valueOf(resource.getFilename()), resource.getContentAsByteArray());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The industry packs cannot be read from the class path", unreadable);
        }
        var found = new ArrayList<PackFolder>();
        folders.forEach((name, files) -> found.add(new PackFolder(name, files)));
        return List.copyOf(found);
    }

    /** SHA-256 over names and bytes of all files, in hexadecimal digits. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((file, bytes) -> {
                digest.update((file + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String path(String file) {
        return ROOT + name + "/" + file;
    }

    private static String folderOf(Resource resource) throws IOException {
        var parts = resource.getURL().getPath().split("/", -1);
        return parts[parts.length - 2];
    }
}
