package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Fleet;
import dev.poolwright.model.fleet.Pool;
import dev.poolwright.model.fleet.Pooler;
import dev.poolwright.model.fleet.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pooler gives each transaction another server session, and the application keeps state in the session. */
final class PW040SessionState extends PoolRule {

    /** Drivers that prepare on the server by themselves (PgBouncer FAQ and the drivers' manuals). */
    private static final Set<String> PREPARE = Set.of("asyncpg", "pgjdbc", "psycopg", "psycopg_async");

    @Override
    public String code() {
        return "PW040";
    }

    /** A shape in the code counts where a pooler of the tree takes the session away after each transaction. */
    @Override
    List<Finding> fromFacts(Checked checked) {
        Optional<Pooler> pooler = checked.base().poolers().values().stream()
                .filter(one -> one.mode() != Pooler.Mode.SESSION)
                .findFirst();
        List<FactRule.Told> told = new ArrayList<>();
        if (pooler.isEmpty()) {
            return List.of();
        }
        for (CodeShape shape : checked.facts().of(CodeShape.class)) {
            if (shape.shape() == CodeShape.Shape.SESSION_STATE) {
                List<Term> terms = new ArrayList<>(ShapeRule.steps(shape));
                terms.add(Terms.of(
                        "mode of " + pooler.get().name(),
                        pooler.get().mode() == Pooler.Mode.TRANSACTION ? "transaction" : "statement",
                        pooler.get().origin()));
                told.add(new FactRule.Told(
                        new Finding(
                                code(),
                                Severity.NOTE,
                                shape.subject() + " keeps session state, and "
                                        + pooler.get().name() + " gives each transaction another session: "
                                        + shape.what(),
                                shape.subject(),
                                terms,
                                "SET LOCAL inside a transaction, or straight to the server for what needs a session",
                                shape.origin()),
                        shape.place()));
            }
        }
        return FactRule.sorted(told, code());
    }

    @Override
    List<Finding> check(Fleet fleet, Service service, Pool pool) {
        Pooler pooler = fleet.poolers().get(pool.target().at());
        if (pooler == null || pooler.mode() == Pooler.Mode.SESSION) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        boolean tracks = pooler.preparedStatements() > 0;
        List<String> lost = pool.use().sessionState().stream()
                .filter(state -> !(state.equals("prepared") && tracks))
                .toList();
        String name = service.name() + "/" + pool.name();
        String mode = pooler.mode() == Pooler.Mode.TRANSACTION ? "transaction" : "statement";
        List<Term> common = List.of(
                Terms.of("mode of " + pooler.name(), mode, pooler.origin()),
                Terms.of("prepared statements tracked", pooler.preparedStatements(), pooler.origin()));
        if (!lost.isEmpty()) {
            List<Term> terms = new ArrayList<>(common);
            terms.add(Terms.of("session state", String.join(", ", lost), Written.origin(pool, "session_state")));
            found.add(new Finding(
                    code(),
                    Severity.ERROR,
                    "pool " + name + " keeps session state through a pooler in " + mode + " mode: it is lost",
                    name,
                    terms,
                    "a pool in session mode, or straight to the server, for what needs a session",
                    pool.origin()));
        } else if (!tracks && PREPARE.contains(service.stackOf(pool).driver())) {
            List<Term> terms = new ArrayList<>(common);
            terms.add(Terms.of(
                    "driver",
                    service.stackOf(pool).driver(),
                    service.stackOf(pool).origin()));
            found.add(new Finding(
                    code(),
                    Severity.WARNING,
                    "driver " + service.stackOf(pool).driver() + " of " + name + " prepares statements, and pooler "
                            + pooler.name() + " does not track them",
                    name,
                    terms,
                    "max_prepared_statements in the pooler, or the driver's statement cache off",
                    pool.origin()));
        }
        return found;
    }
}
