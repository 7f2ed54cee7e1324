package io.bihuan.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The folder of awkward mails: broken MIME, bounces, nested ones, odd charsets, Outlook's files. */
final class AwkwardMails {
    private AwkwardMails() {}

    /** Every mail by its file's name; those of an mbox apart. The test that asks skips when the folder is not there. */
    static Map<String, byte[]> all() throws IOException {
        Path folder = Path.of(System.getenv().getOrDefault("BIHUAN_DATA", "../shared/data"), "email");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no mails in " + folder);
        var mails = new LinkedHashMap<String, byte[]>();
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            if (name.endsWith("README.txt") || name.endsWith("LICENSE.txt")) {
                continue;
            }
            byte[] content = Files.readAllBytes(file);
            List<byte[]> parts =
                    name.endsWith(".mbox") || name.endsWith("mbox.rlug") ? split(content) : List.of(content);
            for (int i = 0; i < parts.size(); i++) {
                mails.put(parts.size() == 1 ? name : name + "#" + (i + 1), parts.get(i));
            }
        }
        return mails;
    }

    static boolean isOutlook(byte[] mail) {
        return mail.length > 8 && mail[0] == (byte) 0xD0 && mail[1] == (byte) 0xCF;
    }

    private static List<byte[]> split(byte[] mbox) {
        var mails = new ArrayList<byte[]>();
        var current = new ByteArrayOutputStream();
        for (String line : new String(mbox, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
            if (line.startsWith("From ") && current.size() > 0) {
                mails.add(current.toByteArray());
                current.reset();
            }
            current.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        mails.add(current.toByteArray());
        return mails;
    }
}
