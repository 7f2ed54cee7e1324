package io.bihuan.platform.search;

import io.bihuan.platform.search.Opening.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The folder of an index before it is opened: every byte of the last commit is checked against its checksum, and what is
 * damaged or of another version is deleted. Only files of an index are ever deleted, whatever folder was configured.
 */
final class IndexFolder {
    static final String VERSION_KEY = "bihuan.search.version";

    private IndexFolder() {}

    /**
     * @throws IllegalStateException when another process has the index open
     */
    static Opening prepare(Path folder, String version) throws IOException {
        boolean aside = setAsideWhatIsNoFolder(folder);
        try (Directory directory = FSDirectory.open(folder);
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            Opening opening = examine(directory, version);
            if (opening.isBlank()) {
                clear(directory);
            }
            return aside ? new Opening(State.REBUILT_CORRUPT, "a file was in its place") : opening;
        } catch (LockObtainFailedException e) {
            throw new IllegalStateException(
                    "The search index in " + folder + " is open in another running process; each needs its own folder",
                    e);
        }
    }

    private static boolean setAsideWhatIsNoFolder(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            Files.move(
                    folder,
                    folder.resolveSibling(folder.getFileName() + ".aside"),
                    StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
        return false;
    }

    private static Opening examine(Directory directory, String version) throws IOException {
        List<String> files = indexFiles(directory);
        if (files.isEmpty()) {
            return new Opening(State.EMPTY, "there was no index");
        }
        String commit = SegmentInfos.getLastCommitSegmentsFileName(directory);
        if (commit == null) {
            return new Opening(State.REBUILT_CORRUPT, "no commit among " + files.size() + " files");
        }
        try {
            verify(directory, commit);
            SegmentInfos segments = SegmentInfos.readCommit(directory, commit);
            String found = segments.getUserData().get(VERSION_KEY);
            if (!version.equals(found)) {
                return new Opening(State.REBUILT_VERSION, "version " + found + ", wanted " + version);
            }
            for (String file : segments.files(false)) {
                verify(directory, file);
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                return new Opening(State.INTACT, reader.numDocs() + " documents");
            }
        } catch (IndexFormatTooOldException | IndexFormatTooNewException e) {
            return new Opening(State.REBUILT_VERSION, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // a damaged length makes Lucene ask for an array of any size
            return new Opening(State.REBUILT_CORRUPT, e.toString());
        }
    }

    private static void verify(Directory directory, String file) throws IOException {
        try (var input = directory.openInput(file, IOContext.READONCE)) {
            CodecUtil.checksumEntireFile(input);
        }
    }

    private static List<String> indexFiles(Directory directory) throws IOException {
        return Arrays.stream(directory.listAll())
                .filter(name ->
                        name.startsWith("_") || name.startsWith("segments") || name.startsWith("pending_segments"))
                .toList();
    }

    private static void clear(Directory directory) throws IOException {
        for (String file : indexFiles(directory)) {
            directory.deleteFile(file);
        }
    }
}
