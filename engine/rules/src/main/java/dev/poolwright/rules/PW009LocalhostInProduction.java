package dev.poolwright.rules;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A file that says by its name that it is for production sends its pool to the machine that it runs on. */
final class PW009LocalhostInProduction extends FactRule {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");
    private static final Set<String> PRODUCTION = Set.of("production", "prod", "live");

    @Override
    public String code() {
        return "PW009";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (DatabaseUrl url : checked.facts().of(DatabaseUrl.class)) {
            if (LOCAL.contains(url.host()) && PRODUCTION.contains(url.environment())) {
                told.add(new Told(
                        new Finding(
                                code(),
                                Severity.NOTE,
                                "the database of " + url.environment() + " is on " + url.host(),
                                url.host() + "/" + url.database(),
                                List.of(
                                        Terms.of("host", url.host(), url.origin()),
                                        Terms.of("environment", url.environment())),
                                "the server's name, unless a proxy beside the service listens there",
                                url.origin()),
                        url.place()));
            }
        }
        return told;
    }
}
