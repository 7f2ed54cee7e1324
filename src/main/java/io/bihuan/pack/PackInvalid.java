package io.bihuan.pack;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Packs that cannot be used, with everything that is wrong in them; nothing of them has been loaded. */
public class PackInvalid extends RuntimeException {
    private final transient List<PackProblem> problems;

    public PackInvalid(List<PackProblem> problems) {
        super(problems.stream().map(PackProblem::toString).collect(joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<PackProblem> problems() {
        return problems;
    }
}
