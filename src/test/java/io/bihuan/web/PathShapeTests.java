package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class PathShapeTests {
    @Property
    void whatFitsIsNeverRefused(@ForAll("patterns") String pattern, @ForAll("paths") String path) {
        if (PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path))) {
            assertThat(PathShape.of(pattern).mayFit(PathShape.segments(path)))
                    .as(pattern + " " + path)
                    .isTrue();
        }
    }

    @Example
    void aWordOrTheLengthDecides() {
        PathShape shape = PathShape.of("/desk/complaints/{number}/files/{sha256:[0-9a-f]{64}}");
        assertThat(shape.mayFit(PathShape.segments("/desk/complaints/1/files/x")))
                .isTrue();
        assertThat(shape.mayFit(PathShape.segments("/desk/complaints/1/notes/x")))
                .isFalse();
        assertThat(shape.mayFit(PathShape.segments("/desk/complaints/1/files"))).isFalse();
        assertThat(PathShape.of("/a/**").mayFit(PathShape.segments("/a"))).isTrue();
        assertThat(PathShape.isComparable("/a;b=c")).isFalse();
        assertThat(PathShape.isComparable("/%61")).isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "{x}", "{x:[^b]+}", "{x:[ab]{1,2}}", "*", "a*", "?", "")
                .list()
                .ofMaxSize(4)
                .flatMap(parts -> Arbitraries.of("", "/**", "/{*rest}").map(end -> "/" + String.join("/", parts) + end))
                .filter(pattern -> !pattern.contains("//") && pattern.indexOf("{x") == pattern.lastIndexOf("{x"));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", "").list().ofMaxSize(5).map(parts -> "/" + String.join("/", parts));
    }
}
