package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTests {
    @Test
    void aPathIsNoPartOfAName() {
        assertThat(FileNames.clean("C:\\photos\\漏水 1.jpg")).isEqualTo("漏水 1.jpg");
        assertThat(FileNames.clean("../../etc/passwd")).isEqualTo("passwd");
        assertThat(FileNames.clean("..")).isEqualTo("file");
    }

    @Test
    void aNameCannotBeReadBackwardsNorBreakALine() {
        assertThat(FileNames.clean("gpj\u202Eexe.jpg\r\nX-Evil: 1\0")).isEqualTo("gpjexe.jpgX-Evil 1");
    }

    @Test
    void aNamelessFileGetsAName() {
        assertThat(FileNames.clean("  \0 ")).isEqualTo("file");
    }

    @Test
    void aLongNameKeepsItsEnding() {
        String name = FileNames.clean("投".repeat(400) + ".jpeg");

        assertThat(name).endsWith("投.jpeg").hasSize(150);
    }
}
