package dev.poolwright.model.derive;

import dev.poolwright.model.fact.Deployment;
import java.util.List;
import java.util.Locale;

/** Deployments that run once and end: migrations and the like. */
final class OneOff {

    private static final List<String> WORDS = List.of(
            "migrate", "migration", "alembic", "upgrade head", "createsuperuser", "collectstatic", "seed", "init-db");

    private OneOff() {}

    static boolean is(Deployment deployment) {
        String command = String.join(" ", deployment.command()).toLowerCase(Locale.ROOT);
        boolean serves = command.contains("&&") || command.contains(";"); // migrate && serve
        String name = deployment.name().toLowerCase(Locale.ROOT);
        return (!serves && WORDS.stream().anyMatch(command::contains))
                || name.contains("migrat")
                || name.endsWith("-init");
    }
}
