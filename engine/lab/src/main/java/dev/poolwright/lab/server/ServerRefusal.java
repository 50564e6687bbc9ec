package dev.poolwright.lab.server;

import java.util.List;
import java.util.stream.Collectors;

/** A server cannot or may not be used: all the problems found, thrown once. Its text holds no secret. */
public final class ServerRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ServerRefusal(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    ServerRefusal(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problems = List.of(problem);
    }

    ServerRefusal(String what, String action) {
        this(List.of(new Problem(what, action)));
    }

    /** What is missing, in the order found; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
