package dev.poolwright.rules;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;

/** A connection that is given back in the middle of a transaction is committed: work that failed half-way is kept. */
final class PW048ResetByCommit extends FactRule {

    @Override
    public String code() {
        return "PW048";
    }

    @Override
    List<Told> tell(Checked checked) {
        List<Told> told = new ArrayList<>();
        for (DeclaredPool pool : checked.facts().of(DeclaredPool.class)) {
            Value<Object> reset = pool.settings().get("pool_reset_on_return");
            if (reset != null && reset.possible().contains("commit")) {
                told.add(new Told(
                        new Finding(
                                code(),
                                Severity.WARNING,
                                "pool " + pool.name() + " commits what is open when a connection is given back",
                                pool.name(),
                                List.of(Terms.of("pool_reset_on_return", reset, reset.origin())),
                                "leave it out: rollback is the default",
                                reset.origin()),
                        pool.place()));
            }
        }
        return told;
    }
}
