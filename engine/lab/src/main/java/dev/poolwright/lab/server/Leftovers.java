package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs that were killed have left: found by the next run and removed. What belongs to a living run, or to one of
 * which nothing can be said from here, is never touched.
 */
public final class Leftovers {

    /** Looked at in one go, here and on a server; what is more waits for the next run. */
    private static final int MOST = 1000;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Embedded servers and run folders in this home. */
    public static List<String> removeLocal(Path home, Clock clock) {
        Path all = RunFolder.all(home.toAbsolutePath().normalize());
        List<String> lines = new ArrayList<>();
        if (!Files.isDirectory(all)) {
            return lines;
        }
        try (Stream<Path> children = Files.list(all)) {
            for (Path child :
                    children.filter(Files::isDirectory).sorted().limit(MOST).toList()) {
                removeFolder(new RunFolder(child), clock, lines);
            }
        } catch (IOException e) {
            lines.add("not looked for: leftovers in " + all + " cannot be listed (" + e + ")");
        }
        return lines;
    }

    private static void removeFolder(RunFolder folder, Clock clock, List<String> lines) throws IOException {
        Optional<RunOwner> owner = folder.owner();
        if (owner.isEmpty()) {
            lines.add("left alone: " + folder.path() + " does not say whose it is");
        } else if (owner.get().state() == RunOwner.State.ELSEWHERE) {
            lines.add("left alone: " + folder.path() + " belongs to a run on host "
                    + owner.get().host());
        } else if (owner.get().state() == RunOwner.State.DEAD) {
            CleanUp cleanUp = EmbeddedServer.remove(folder, clock);
            cleanUp.removed().forEach(thing -> lines.add("removed: " + thing + ", of a run that did not end well"));
            cleanUp.leftovers().forEach(problem -> lines.add("not removed: " + problem));
        }
    }

    /**
     * Databases, schemas and roles on a server. Call it after {@link GuardRails} let the server pass.
     *
     * @throws ServerRefusal when the server gives no session
     */
    public static List<String> removeFrom(LabServer server, Clock clock) {
        DatabaseUrl url = server.url();
        List<String> lines = new ArrayList<>();
        try (Connection session = url.open("poolwright:leftovers", CONNECT_LIMIT)) {
            for (String name : names(session)) {
                removeRun(session, url, name, clock, lines);
            }
            return lines;
        } catch (SQLException e) {
            throw new ServerRefusal(NoSession.problem(url, e), e);
        }
    }

    private static List<String> names(Connection session) throws SQLException {
        return Sql.column(session, """
                select name from (
                  select datname::text as name from pg_database
                  union select nspname::text from pg_namespace
                  union select rolname::text from pg_roles) all_names
                where name ~ '^poolwright_[a-z0-9_]{1,24}$' order by name limit 1000""");
    }

    private static void removeRun(Connection session, DatabaseUrl url, String name, Clock clock, List<String> lines)
            throws SQLException {
        RunName run = new RunName(name.substring(RunName.PREFIX.length()));
        if (KeeperLock.held(session, name)) {
            return;
        }
        List<Optional<RunOwner>> owners =
                comments(session, name).stream().map(RunOwner::parse).toList();
        Optional<RunOwner> known = owners.stream().flatMap(Optional::stream).findFirst();
        if (known.isEmpty()) {
            lines.add("left alone: " + name + " at " + url + " does not say whose it is; if it is nobody's: "
                    + Remains.of(run).things(session));
        } else if (known.get().state() == RunOwner.State.ELSEWHERE) {
            lines.add("left alone: " + name + " at " + url + " belongs to a run on host "
                    + known.get().host());
        } else if (known.get().state() == RunOwner.State.DEAD) {
            boolean schema = Sql.text(session, "select 1 from pg_namespace where nspname = ?", name)
                    .isPresent();
            CleanUp cleanUp = new RunEnd(url, run, schema ? Placement.OWN_SCHEMA : Placement.OWN_DATABASE, clock)
                    .with(Optional.empty());
            cleanUp.removed()
                    .forEach(thing ->
                            lines.add("removed: " + thing + " at " + url + ", of a run that did not end well"));
            cleanUp.leftovers().forEach(problem -> lines.add("not removed: " + problem));
        }
    }

    private static List<String> comments(Connection session, String name) throws SQLException {
        return Sql.column(session, """
                select shobj_description(oid, 'pg_database') from pg_database where datname = ?
                union all select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = ?
                union all select shobj_description(oid, 'pg_authid') from pg_roles where rolname = ?""", name, name, name);
    }
}
