package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.lab.subject.PoolLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the lab runs, and how. */
final class LabChoices {

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "uses this PostgreSQL instead of the embedded one: postgresql://user:password@host:port/database")
    Optional<String> database = Optional.empty();

    @Option(
            names = "--i-may-load",
            paramLabel = "HOST",
            description = "allows load on a server that is not on this machine; must name exactly its host")
    Optional<String> mayLoad = Optional.empty();

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description =
                    "runs everything so many times faster; refused above what the measured costs allow (default: as fast as is honest, at most 10)")
    Optional<Double> speed = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "repeats in the lab; one that differs is a failure (default: 5 where no instance is started, else 1)")
    Optional<Integer> repeat = Optional.empty();

    /** The library of each service, in a process of its own where it is not a Java one. */
    static final String LIBRARY = "library";

    /** A pool in Java: the library itself where it is a Java one, else one with the same semantics. */
    static final String DOUBLE = "double";

    /** Where each pool's library is that of the fleet. */
    static final Set<String> FLEETS_OWN = Set.of(LIBRARY, DOUBLE);

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description =
                    "what plays the pools: double (default), library, or one for all: sqlalchemy, hikaricp, agroal, tomcat-jdbc, dbcp2, r2dbc-pool, vertx")
    Optional<String> subject = Optional.empty();

    /**
     * The subject asked for, once it is known to be one.
     *
     * @throws WrongUse when there is none of that name
     */
    Optional<String> knownSubject() {
        List<String> known = new ArrayList<>(List.of(DOUBLE, LIBRARY));
        for (PoolLibrary library : PoolLibrary.values()) {
            known.add(library.text());
        }
        subject.filter(name -> !known.contains(name)).ifPresent(name -> {
            throw new WrongUse("--subject = " + name + ": no such subject; must be " + String.join(", ", known));
        });
        return subject;
    }
}
