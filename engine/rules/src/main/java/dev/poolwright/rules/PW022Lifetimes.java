package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.model.library.PoolLibraries;
import dev.poolwright.policy.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections may live or be idle for longer than somebody on the way keeps them, or their lifetimes are the wrong way round. */
final class PW022Lifetimes extends PoolRule {

    /** MySQL's wait_timeout where nobody sets it ("Theory and facts", 2.2). */
    private static final Duration MYSQL_IDLE = Duration.ofHours(8);

    @Override
    public String code() {
        return "PW022";
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        List<Finding> found = new ArrayList<>();
        Value<Wait> life = pool.lifetimes().maxLifetime();
        Value<Wait> idle = pool.lifetimes().idleTimeout();
        String name = service.name() + "/" + pool.name();
        boolean told = service.stackOf(pool).library().equals("hikaricp"); // PW004 says what HikariCP makes of it
        if (!told
                && life instanceof Value.Known<Wait> longest
                && idle instanceof Value.Known<Wait> unused
                && longest.value() instanceof Wait.AtMost most
                && unused.value() instanceof Wait.AtMost least
                && least.limit().compareTo(most.limit()) >= 0) {
            found.add(finding(
                    name,
                    pool,
                    "idle timeout " + Terms.shown(least) + " of " + name + " is never reached: connections end at "
                            + Terms.shown(most),
                    List.of(Terms.wait("idle timeout", idle), Terms.wait("max lifetime", life)),
                    "an idle timeout below the longest life"));
        }
        mysql(fleet, service, pool, name).ifPresent(found::add);
        return found;
    }

    /** Of a source tree only what its written values prove: defaults on both sides are nobody's decision. */
    @Override
    List<Finding> derived(Fleet fleet, Service service, Pool pool) {
        boolean written = !(pool.lifetimes().maxLifetime() instanceof Value.Default)
                || !(pool.lifetimes().idleTimeout() instanceof Value.Default);
        return written ? check(fleet, service, pool) : List.of();
    }

    private Optional<Finding> mysql(Fleet fleet, Service service, Pool pool, String name) {
        boolean mysql = fleet.serverOf(pool.target())
                .filter(server -> server.engine().equals("mysql"))
                .isPresent();
        boolean checked = pool.lifetimes().validation() != Pool.Validation.NEVER
                || PoolLibraries.checksOnBorrow(service.stackOf(pool));
        Value<Wait> life = pool.lifetimes().maxLifetime();
        Value<Wait> idle = pool.lifetimes().idleTimeout();
        boolean outlives = life.complete() && idle.complete() && outlives(life) && outlives(idle);
        if (!mysql || checked || !outlives) {
            return Optional.empty();
        }
        return Optional.of(finding(
                name,
                pool,
                "pool " + name + " keeps idle connections for longer than MySQL does",
                List.of(
                        Terms.wait("max lifetime", life),
                        Terms.wait("idle timeout", idle),
                        Terms.of("wait_timeout", Terms.shown(MYSQL_IDLE) + " (default of mysql 8)")),
                "a lifetime below wait_timeout, or a check on borrow"));
    }

    private static boolean outlives(Value<Wait> value) {
        return value.possible().stream().allMatch(one -> one.nanos() >= MYSQL_IDLE.toNanos());
    }

    private Finding finding(String name, Pool pool, String message, List<Term> terms, String fix) {
        return new Finding(code(), Severity.NOTE, message, name, terms, fix, pool.origin());
    }
}
