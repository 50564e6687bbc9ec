package dev.poolwright.lab.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands before any load: only a server on loopback, or one that the user names, and only when everything the run
 * needs is there. Immutable.
 */
public final class GuardRails {

    /** 12 is the oldest whose catalogues and functions this package asks for. */
    static final int OLDEST_VERSION = 120_000;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final Optional<String> mayLoad;
    private final Loopback.Names names;

    /** @param mayLoad what the user wrote behind {@code --i-may-load} */
    public GuardRails(Optional<String> mayLoad) {
        this(mayLoad, Loopback::system);
    }

    GuardRails(Optional<String> mayLoad, Loopback.Names names) {
        this.mayLoad = mayLoad;
        this.names = names;
    }

    /**
     * Looks at a server with one session and changes nothing. A host that may not be loaded is not even connected to.
     */
    public Preflight check(LabServer server, RunName run, LoadLimits limits) {
        DatabaseUrl url = server.url();
        List<Problem> refusal = refusal(url);
        if (!refusal.isEmpty()) {
            return Preflight.refused(refusal);
        }
        try (Connection session = url.open(run.keeper(), CONNECT_LIMIT)) {
            return judge(url, run, limits, ServerFacts.read(session));
        } catch (SQLException e) {
            return Preflight.refused(List.of(NoSession.problem(url, e)));
        }
    }

    private List<Problem> refusal(DatabaseUrl url) {
        if (named(url.host())) {
            return List.of();
        }
        List<InetAddress> addresses;
        try {
            addresses = names.addresses(url.host());
        } catch (UnknownHostException e) {
            return List.of(
                    new Problem("host = " + url.host() + " has no address", "check the name in the database URL"));
        }
        if (Loopback.all(addresses)) {
            return List.of();
        }
        String where = addresses.stream()
                .map(InetAddress::getHostAddress)
                .distinct()
                .toList()
                .toString();
        return List.of(new Problem(
                "host = " + url.host() + " is not on loopback (its addresses: " + where + ") and may not be loaded",
                "use a server on this machine, or, if you may load this one, say --i-may-load " + url.host()
                        + mayLoad.map(other -> " (--i-may-load names " + other + ")")
                                .orElse("")));
    }

    private boolean named(String host) {
        return mayLoad.isPresent() && mayLoad.get().equalsIgnoreCase(host);
    }

    Preflight judge(DatabaseUrl url, RunName run, LoadLimits limits, ServerFacts facts) {
        List<Problem> problems = new ArrayList<>();
        tunnel(url, facts).ifPresent(problems::add);
        if (facts.version() < OLDEST_VERSION) {
            problems.add(new Problem(
                    "server version = " + facts.version() / 10_000 + "." + facts.version() % 10_000
                            + "; the lab needs 12 or newer",
                    "use a newer server, or leave --database out for the embedded one"));
        }
        if (facts.readOnly()) {
            problems.add(new Problem(
                    "the server takes no writes (a standby, or default_transaction_read_only)", "name the primary"));
        }
        Optional<Placement> placement = facts.placement();
        if (placement.isEmpty()) {
            problems.add(new Problem(
                    "role " + url.user() + " may create neither a database nor a schema in database " + url.database(),
                    "alter role \"" + url.user() + "\" createdb, or grant create on database \"" + url.database()
                            + "\" to \"" + url.user() + "\""));
        }
        boolean ownRole = limits.ownRole() && facts.rights().createRole();
        slots(limits, facts, placement, ownRole).ifPresent(problems::add);
        return new Preflight(
                problems,
                placement,
                ownRole,
                placement.isEmpty() ? List.of() : sentences(url, run, limits, placement.get(), ownRole));
    }

    /** What listens on loopback may pass everything on to a server elsewhere (ssh -L, kubectl port-forward, a container's port). */
    private Optional<Problem> tunnel(DatabaseUrl url, ServerFacts facts) {
        if (facts.address().isEmpty() || named(url.host()) || named(facts.address())) {
            return Optional.empty();
        }
        try {
            // A literal address, so no name is looked up.
            if (InetAddress.getByName(facts.address()).isLoopbackAddress()) {
                return Optional.empty();
            }
        } catch (UnknownHostException e) {
            return Optional.of(new Problem(
                    "the server names itself " + facts.address() + ", which is no address",
                    "use a server on this machine"));
        }
        return Optional.of(new Problem(
                "host = " + url.host() + " is on loopback but the server behind it is " + facts.address()
                        + ": a tunnel or a container",
                "if you may load that server, say --i-may-load " + facts.address()));
    }

    private static Optional<Problem> slots(
            LoadLimits limits, ServerFacts facts, Optional<Placement> placement, boolean ownRole) {
        for (ServerFacts.Slots slots : facts.slots()) {
            // A role and a database made for the run have no limit of their own.
            boolean passed = (ownRole && slots.name().startsWith("connection limit of role"))
                    || (placement.equals(Optional.of(Placement.OWN_DATABASE))
                            && slots.name().startsWith("connection limit of database"));
            if (!passed && slots.free() < limits.connections()) {
                return Optional.of(new Problem(
                        "too few free slots: needs " + limits.connections() + ", free " + slots.free() + " = "
                                + slots.name() + " " + slots.most() + " − reserved " + slots.reserved() + " − in use "
                                + slots.inUse(),
                        "plan with fewer connections, or end others, or raise " + slots.name()));
            }
        }
        return Optional.empty();
    }

    private static List<String> sentences(
            DatabaseUrl url, RunName run, LoadLimits limits, Placement placement, boolean ownRole) {
        List<String> sentences = new ArrayList<>();
        sentences.add("The run loads " + url + ".");
        sentences.add("It opens at most " + limits.connections() + " connections and ends after at most "
                + limits.longest().toSeconds() + " seconds.");
        sentences.add(
                placement == Placement.OWN_DATABASE
                        ? "It creates the database " + run.onServer() + " and writes into that alone."
                        : "It creates the schema " + run.onServer() + " in database " + url.database()
                                + " and writes into that alone, because role " + url.user()
                                + " may not create databases.");
        if (limits.ownRole()) {
            sentences.add(
                    ownRole
                            ? "It creates the role " + run.onServer() + " with a password of its own."
                            : "Its subjects log in as " + url.user() + ", because that role may not create roles.");
        }
        sentences.add("It changes no setting of the server, and removes what it created when it ends.");
        return sentences;
    }
}
