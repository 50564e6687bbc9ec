package dev.poolwright.rules;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A database password is written out in the source. Its value is never shown. */
final class PW008Credentials extends FactRule {

    /** Databases of a developer's machine; a password for one of them opens nothing else. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "0.0.0.0", "host.docker.internal");

    private static final Set<String> DEVELOPMENT = Set.of("development", "dev", "local", "test", "testing", "ci");

    @Override
    public String code() {
        return "PW008";
    }

    /** One finding for what could open a database elsewhere, one for what opens the developer's own. */
    @Override
    List<Told> tell(Checked checked) {
        List<DatabaseUrl> grave = new ArrayList<>();
        List<DatabaseUrl> local = new ArrayList<>();
        List<Told> told = new ArrayList<>();
        Set<Origin> graves = new HashSet<>();
        for (DatabaseUrl url : checked.facts().of(DatabaseUrl.class)) {
            if (url.password() != Password.LITERAL) {
                continue;
            }
            if (url.place() != Place.MAIN) {
                told.add(new Told(finding(List.of(url), Severity.NOTE), url.place()));
            } else if (LOCAL.contains(url.host()) || DEVELOPMENT.contains(url.environment())) {
                local.add(url);
            } else {
                grave.add(url);
            }
        }
        grave.forEach(url -> graves.add(url.passwordAt()));
        local.removeIf(url -> graves.contains(url.passwordAt()));
        if (!grave.isEmpty()) {
            told.add(new Told(finding(grave, Severity.WARNING), Place.MAIN));
        }
        if (!local.isEmpty()) {
            told.add(new Told(finding(local, Severity.NOTE), Place.MAIN));
        }
        return told;
    }

    /** One password that several URLs use is one. */
    private Finding finding(List<DatabaseUrl> every, Severity severity) {
        Set<Origin> seen = new HashSet<>();
        List<DatabaseUrl> urls =
                every.stream().filter(url -> seen.add(url.passwordAt())).toList();
        DatabaseUrl first = urls.get(0);
        List<Term> terms = urls.stream()
                .map(url -> Terms.of("password", "*** " + where(url), url.passwordAt()))
                .toList();
        return new Finding(
                code(),
                severity,
                urls.size() == 1
                        ? "a database password is written out" + forHost(first)
                        : urls.size() + " database passwords are written out",
                "passwords",
                terms,
                "take it from the environment or a secret store, and change it: whoever has the source has it",
                first.passwordAt());
    }

    private static String forHost(DatabaseUrl url) {
        return url.host().isEmpty() ? "" : " for " + url.host();
    }

    private static String where(DatabaseUrl url) {
        return (url.host().isEmpty() ? "host not said" : url.host())
                + (url.database().isEmpty() || url.database().contains("{") ? "" : "/" + url.database());
    }
}
