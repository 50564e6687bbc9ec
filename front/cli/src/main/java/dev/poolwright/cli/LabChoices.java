package dev.poolwright.cli;

import java.util.Optional;
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
}
