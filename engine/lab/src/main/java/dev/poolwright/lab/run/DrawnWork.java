package dev.poolwright.lab.run;

import dev.poolwright.lab.run.Operation.Statement;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.plan.PlannedLoad;
import dev.poolwright.policy.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of one operation, with its draws as arguments: the same operation has the same ones in every run of a seed. */
final class DrawnWork {

    /** pgbench's scale: so many accounts, tellers and branches for each unit (PostgreSQL manual, pgbench). */
    static final int ACCOUNTS = 100_000;

    static final int TELLERS = 10;

    private static final long MOST_DELTA = 5_000;
    private static final Pattern OPERATION = Pattern.compile("(?<!:):operation\\b");

    private final Work work;
    private final Draws.Stream draws;

    DrawnWork(PlannedLoad load, Draws draws) {
        this.work = load.work();
        this.draws = draws.stream(load.name(), "work");
    }

    /** Whether it commits its statements together. */
    boolean isTransaction() {
        return !(work instanceof Work.Sleep || work instanceof Work.OneRow);
    }

    /** Empty when the operation sleeps. */
    List<Statement> of(long operation) {
        if (work instanceof Work.OneRow one) {
            return List.of(read(operation, 0, one.scale()));
        }
        if (work instanceof Work.Transaction many) {
            List<Statement> statements = new ArrayList<>();
            for (int i = 0; i < many.statements(); i++) {
                statements.add(read(operation * many.statements(), i, many.scale()));
            }
            return statements;
        }
        if (work instanceof Work.TpcB tpcb) {
            return transfer(operation, tpcb.scale());
        }
        return work instanceof Work.Sql sql
                ? sql.statements().stream().map(one -> written(one, operation)).toList()
                : List.of();
    }

    private Statement read(long first, int further, int scale) {
        return new Statement(
                "select abalance from pgbench_accounts where aid = ?",
                List.of(number(first + further, (long) scale * ACCOUNTS)));
    }

    /** In pgbench's order; its fourth statement is what makes branches the bottleneck of a small scale. */
    private List<Statement> transfer(long operation, int scale) {
        long account = number(operation * 4, (long) scale * ACCOUNTS);
        long teller = number(operation * 4 + 1, (long) scale * TELLERS);
        long branch = number(operation * 4 + 2, scale);
        long delta = number(operation * 4 + 3, 2 * MOST_DELTA + 1) - 1 - MOST_DELTA;
        return List.of(
                new Statement(
                        "update pgbench_accounts set abalance = abalance + ? where aid = ?", List.of(delta, account)),
                new Statement("select abalance from pgbench_accounts where aid = ?", List.of(account)),
                new Statement(
                        "update pgbench_tellers set tbalance = tbalance + ? where tid = ?", List.of(delta, teller)),
                new Statement(
                        "update pgbench_branches set bbalance = bbalance + ? where bid = ?", List.of(delta, branch)),
                new Statement(
                        "insert into pgbench_history (tid, bid, aid, delta, mtime) values (?, ?, ?, ?, current_timestamp)",
                        List.of(teller, branch, account, delta)));
    }

    private static Statement written(String sql, long operation) {
        Matcher matcher = OPERATION.matcher(sql);
        List<Long> arguments = new ArrayList<>();
        while (matcher.find()) {
            arguments.add(operation);
        }
        return new Statement(OPERATION.matcher(sql).replaceAll("?"), arguments);
    }

    /** From 1 to most, evenly. */
    private long number(long index, long most) {
        return 1 + Math.min(most - 1, (long) (draws.uniform(index) * most));
    }
}
