package io.bihuan.pack;

import static java.util.stream.Collectors.joining;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a pack's problems instead of a stack trace when the application refuses to start. */
class PackInvalidAnalyzer extends AbstractFailureAnalyzer<PackInvalid> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PackInvalid cause) {
        var count = cause.problems().size();
        var description = cause.problems().stream()
                .map(problem -> "    " + problem)
                .collect(joining(
                        "\n",
                        "The industry packs have " + count + (count == 1 ? " problem" : " problems") + ":\n\n",
                        "\n"));
        return new FailureAnalysis(
                description, "Correct the files at the places named (file:line:column) and start again.", cause);
    }
}
