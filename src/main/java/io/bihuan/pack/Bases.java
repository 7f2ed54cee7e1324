package io.bihuan.pack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A pack that extends another carries its files, so that a version is whole and stays what it is. */
final class Bases {
    private static final Pattern EXTENDS = Pattern.compile("(?m)^extends:[ \\t]*[\"']?([a-z0-9-]+)");

    private Bases() {}

    /** The pack that it extends. */
    static Optional<String> of(PackFolder folder) {
        byte[] identity = folder.files().getOrDefault(PackReader.IDENTITY, new byte[0]);
        return EXTENDS.matcher(new String(identity, StandardCharsets.UTF_8))
                .results()
                .findFirst()
                .map(found -> found.group(1));
    }

    /** With the files of this base in place of those it carries. */
    static PackFolder upon(PackFolder base, PackFolder folder) {
        var files = new TreeMap<>(folder.files());
        files.keySet().removeIf(file -> file.startsWith(PackFolder.BASE));
        base.files().forEach((file, bytes) -> files.put(PackFolder.BASE + file, bytes));
        return new PackFolder(folder.name(), files);
    }
}
