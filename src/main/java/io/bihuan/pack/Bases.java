package io.bihuan.pack;

import java.util.TreeMap;

/** A pack that extends another carries its files, so that a version is whole and stays what it is. */
final class Bases {
    static final String FOLDER = "base/";

    private Bases() {}

    /** Without the files of a base. */
    static PackFolder own(PackFolder folder) {
        var files = new TreeMap<>(folder.files());
        files.keySet().removeIf(file -> file.startsWith(FOLDER));
        return new PackFolder(folder.name(), files);
    }

    /** With the files of this base in place of those it carries. */
    static PackFolder upon(PackFolder base, PackFolder folder) {
        var files = new TreeMap<>(own(folder).files());
        base.files().forEach((file, bytes) -> files.put(FOLDER + file, bytes));
        return new PackFolder(folder.name(), files);
    }
}
