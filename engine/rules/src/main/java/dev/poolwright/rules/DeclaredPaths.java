package dev.poolwright.rules;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPath;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Limits of paths that manifests declare: the Cloud SQL socket of a Cloud Run instance, and the addresses of a connector. */
final class DeclaredPaths {

    /** "Connect from Cloud Run" and "Quotas and limits" of Google Cloud: connections of one instance to a Cloud SQL instance. */
    private static final long SOCKET = 100;

    private static final Pattern RANGE = Pattern.compile("[0-9.]+/(\\d{1,2})");

    private static final String SOCKET_FOLDER = "/cloudsql/";

    private DeclaredPaths() {}

    static List<Finding> findings(String code, Checked checked) {
        List<Finding> found = new ArrayList<>();
        checked.facts()
                .main(DeclaredPath.class)
                .filter(path -> path.kind().equals("vpc-connector"))
                .forEach(path -> addresses(code, path).ifPresent(found::add));
        checked.facts()
                .main(Deployment.class)
                .filter(one -> one.kind().equals("cloud-run"))
                .forEach(one -> socket(code, checked, one).ifPresent(found::add));
        return found;
    }

    private static Optional<Finding> socket(String code, Checked checked, Deployment deployment) {
        Service service = checked.base().services().get(deployment.name());
        if (service == null || !socket(checked.facts(), deployment, service)) {
            return Optional.empty();
        }
        TreeSet<String> targets = new TreeSet<>();
        service.pools().values().forEach(pool -> targets.add(pool.target().at()));
        targets.remove("");
        for (String target : targets) {
            long wanted = Floor.ofInstance(service, target);
            if (wanted > SOCKET) {
                return Optional.of(new Finding(
                        code,
                        Severity.WARNING,
                        "one instance of " + service.name() + " can ask for more connections than its Cloud SQL socket"
                                + " carries: " + wanted + " wanted, " + SOCKET + " allowed",
                        service.name(),
                        List.of(
                                Terms.of("pools of one instance", wanted, service.origin()),
                                Terms.of("Cloud SQL socket of one Cloud Run instance", SOCKET + " connections")),
                        "pools of at most " + SOCKET + " connections together in one instance",
                        service.origin()));
            }
        }
        return Optional.empty();
    }

    /** Whether what it runs with, or a URL of its pools, names the socket. */
    private static boolean socket(Facts facts, Deployment deployment, Service service) {
        if (deployment.variables().values().stream()
                .anyMatch(value -> value.possible().stream().anyMatch(one -> one.contains(SOCKET_FOLDER)))) {
            return true;
        }
        return facts.main(DeclaredPool.class)
                .filter(pool -> service.pools().values().stream()
                        .anyMatch(one -> one.origin().equals(pool.origin())))
                .anyMatch(pool -> pool.url().possible().stream().anyMatch(url -> url.contains(SOCKET_FOLDER))
                        || facts.main(DatabaseUrl.class)
                                .filter(url -> url.usedBy().equals(pool.name()))
                                .anyMatch(
                                        url -> url.parameters().stream().anyMatch(one -> one.contains(SOCKET_FOLDER))));
    }

    /** Each machine of a connector needs an address of its own. */
    private static Optional<Finding> addresses(String code, DeclaredPath path) {
        Value<Object> range = path.settings().get("ip_cidr_range");
        OptionalLong most = number(path.settings().get("max_instances"));
        Matcher prefix = RANGE.matcher(
                range == null ? "" : range.single().map(String::valueOf).orElse(""));
        if (most.isEmpty() || !prefix.matches() || Integer.parseInt(prefix.group(1)) > 32) {
            return Optional.empty();
        }
        long addresses = 1L << (32 - Integer.parseInt(prefix.group(1)));
        if (most.getAsLong() <= addresses) {
            return Optional.empty();
        }
        List<Term> terms = List.of(
                Terms.of("ip_cidr_range", prefix.group() + " = " + addresses + " addresses", origin(path, range)),
                Terms.of(
                        "max_instances",
                        most.getAsLong(),
                        origin(path, path.settings().get("max_instances"))));
        return Optional.of(new Finding(
                code,
                Severity.NOTE,
                "connector " + path.name() + " cannot scale to its maximum: its range has " + addresses
                        + " addresses for " + most.getAsLong() + " instances",
                path.name(),
                terms,
                "a larger range, or no more instances than it has addresses",
                path.origin()));
    }

    private static OptionalLong number(@Nullable Value<Object> value) {
        return value != null && value.single().orElse("") instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    private static Origin origin(DeclaredPath path, @Nullable Value<Object> value) {
        return value == null || value.origin().equals(Origin.NONE) ? path.origin() : value.origin();
    }
}
