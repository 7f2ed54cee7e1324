package io.bihuan.platform.search;

import static io.bihuan.platform.search.Samples.document;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A process that feeds an index until it is killed, and says "!" once there are two commits and updates after them. */
final class EndlessFeeder {
    static final int BATCH = 500;

    private EndlessFeeder() {}

    public static void main(String[] arguments) throws IOException {
        try (var index = SearchIndex.open(Path.of(arguments[0]), arguments[1]);
                var output = new FileOutputStream(FileDescriptor.out)) {
            for (int i = 0; i < 10_000_000; i++) {
                if (i % BATCH == 0 && i > 0) {
                    index.commit(Map.of("position", String.valueOf(i)));
                }
                index.update(document("d" + i, i, "空调漏水" + word(i)));
                if (i == BATCH * 2 + BATCH / 2) {
                    output.write('!');
                    output.flush();
                }
            }
        }
    }

    /** No word stands within another. */
    static String word(int number) {
        return "第" + number + "号";
    }
}
