package io.bihuan.platform.database;

/** The application must not start as things are: says what is wrong and what to do about it. */
public final class CannotStart extends RuntimeException {
    private final String problem;
    private final String remedy;

    public CannotStart(String problem, String remedy) {
        super(problem + " " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    public CannotStart(String problem, String remedy, Throwable cause) {
        super(problem + " " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
