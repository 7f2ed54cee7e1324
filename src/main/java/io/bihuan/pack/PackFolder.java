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
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The bytes of a pack's files by file name; the folder's name is the pack's id. The files of what it extends are in it under
 * {@link #BASE}, so that a folder needs no other.
 */
public record PackFolder(String name, SortedMap<String, byte[]> files) {
    /** Before the names of the files of what the pack extends. */
    public static final String BASE = "base/";

    static final String ROOT = "packs/";
    private static final Pattern EXTENDS = Pattern.compile("(?m)^extends:[ \\t]*[\"']?([a-z0-9-]+)");

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
        folders.forEach((name, files) -> found.add(new PackFolder(name, files).with(folders)));
        return List.copyOf(found);
    }

    /** With the files of what it extends, where that is among these. */
    private PackFolder with(Map<String, SortedMap<String, byte[]>> others) {
        var identity = EXTENDS.matcher(
                new String(files.getOrDefault(PackReader.IDENTITY, new byte[0]), StandardCharsets.UTF_8));
        var extended = identity.find() ? others.get(identity.group(1)) : null;
        if (extended == null) {
            return this;
        }
        var all = new TreeMap<>(files);
        extended.forEach((file, bytes) -> all.put(BASE + file, bytes));
        return new PackFolder(name, all);
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
        return path(file, name);
    }

    /** The place of a file for whoever reads of a problem; the id is that of the pack it belongs to. */
    String path(String file, String id) {
        return ROOT + id + "/" + (file.startsWith(BASE) ? file.substring(BASE.length()) : file);
    }

    private static String folderOf(Resource resource) throws IOException {
        var parts = resource.getURL().getPath().split("/", -1);
        return parts[parts.length - 2];
    }
}
