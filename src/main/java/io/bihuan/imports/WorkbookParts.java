package io.bihuan.imports;

import io.bihuan.platform.Refused;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * One pass over the parts of an Excel file, in the order in which they lie there. What a small file may become when it is unpacked is
 * bounded, and so is each piece between two marks of its XML: a parser keeps such a piece in memory.
 */
final class WorkbookParts implements Closeable {
    /** Twenty times what a sheet of 200,000 complaints takes. */
    static final long MOST_BYTES = 2_000_000_000L;

    private static final List<String> ENTITY_LIMITS = List.of(
            "jdk.xml.entityExpansionLimit", "jdk.xml.totalEntitySizeLimit", "jdk.xml.maxGeneralEntitySizeLimit");
    private static final int LONGEST_PIECE = 4 * 1024 * 1024;
    private static final int MOST_PARTS = 10_000;

    private final ZipArchiveInputStream zip;
    private long unpacked;
    private int parts;

    private WorkbookParts(InputStream in) {
        // That of the JDK does not read what programs write that do not know the sizes in advance.
        this.zip = new ZipArchiveInputStream(new Honest(in), StandardCharsets.UTF_8.name(), true, true);
    }

    static WorkbookParts open(InputStreamSource file) throws IOException {
        return new WorkbookParts(file.getInputStream());
    }

    /** Moves to the next part and gives its name in lower case; null after the last. */
    @Nullable
    String next() {
        ZipArchiveEntry entry;
        try {
            skipRest();
            entry = zip.getNextEntry();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw broken(e);
        }
        if (++parts > MOST_PARTS) {
            throw new Refused("imports.refused.too-large-unpacked");
        }
        return entry == null ? null : plain(entry.getName());
    }

    /** The name of a part as it is compared. */
    static String plain(String name) {
        String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private void skipRest() throws IOException {
        if (parts > 0) {
            var buffer = new byte[64 * 1024];
            int read = zip.read(buffer);
            while (read >= 0) {
                count(read);
                read = zip.read(buffer);
            }
        }
    }

    private void count(int read) {
        unpacked += read;
        if (unpacked > MOST_BYTES) {
            throw new Refused("imports.refused.too-large-unpacked");
        }
    }

    /** The part's bytes. */
    InputStream content() {
        return new Guarded(false);
    }

    /** The part as XML; entities and document types do not exist in it. */
    XMLStreamReader xml() throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // Without document types there are no entities but &lt; and its like, of which a sheet may have millions.
        for (String limit : ENTITY_LIMITS) {
            factory.setProperty(limit, "0");
        }
        return factory.createXMLStreamReader(new Guarded(true));
    }

    /** What is wrong is the file: the reading of its bytes says so in another way. */
    static Refused broken(Exception reason) {
        var refused = new Refused("imports.refused.damaged");
        refused.initCause(reason);
        return refused;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Tells that the bytes could not be read from that they are wrong. */
    private static final class Honest extends FilterInputStream {
        Honest(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            try {
                return super.read(buffer, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Counts what is unpacked and, in XML, the length of the piece that is being read. */
    private final class Guarded extends FilterInputStream {
        private final boolean isXml;
        private int piece;
        /** Where in {@code <!--} or {@code <![} we are: marks inside do not end it. */
        private int opened;

        private int closer;
        private int lastButOne;
        private int last;

        Guarded(boolean isXml) {
            super(zip);
            this.isXml = isXml;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            int read;
            try {
                read = super.read(buffer, from, length);
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
                throw broken(e);
            }
            if (read > 0) {
                count(read);
                if (isXml) {
                    measure(buffer, from, read);
                }
            }
            return read;
        }

        private void measure(byte[] buffer, int from, int read) {
            for (int i = from; i < from + read; i++) {
                int current = buffer[i];
                if (current == 0) {
                    continue; // the other half of a character in UTF-16
                }
                piece++;
                if (closer != 0) {
                    if (current == '>' && last == closer && (closer == '?' || lastButOne == closer)) {
                        closer = 0;
                        piece = 0;
                    }
                } else if (opened == 1) {
                    opened = current == '!' ? 2 : 0;
                    closer = current == '?' ? '?' : 0;
                } else if (opened == 2) {
                    opened = 0;
                    closer = current == '-' ? '-' : current == '[' ? ']' : 0;
                } else if (current == '<') {
                    opened = 1;
                    piece = 0;
                } else if (current == '>') {
                    piece = 0;
                }
                lastButOne = last;
                last = current;
            }
            if (piece > LONGEST_PIECE) {
                throw new Refused("imports.refused.too-large-unpacked");
            }
        }

        @Override
        public void close() {
            // The next part is read from the same stream.
        }
    }
}
