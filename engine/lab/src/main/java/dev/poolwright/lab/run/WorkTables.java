package dev.poolwright.lab.run;

import dev.poolwright.model.plan.Plan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** pgbench's tables, made in the run's own database where a load works on them; they go with it. */
final class WorkTables {

    private WorkTables() {}

    /** How large they must be for a plan; 0 when no load works on them. */
    static int scale(Plan plan) {
        return plan.loads().stream().mapToInt(load -> load.work().scale()).max().orElse(0);
    }

    /** Types and fill of pgbench's own initialization; integers are wide here, so that every client can send them. */
    static void make(LabTarget target, int scale) throws SQLException {
        long accounts = (long) scale * DrawnWork.ACCOUNTS;
        int tellers = scale * DrawnWork.TELLERS;
        try (Connection connection = DriverManager.getConnection(target.direct(), target.user(), target.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table pgbench_branches (bid bigint, bbalance bigint, filler char(88))");
            statement.execute(
                    "create table pgbench_tellers (tid bigint, bid bigint, tbalance bigint, filler char(84))");
            statement.execute(
                    "create table pgbench_accounts (aid bigint, bid bigint, abalance bigint, filler char(84))");
            statement.execute("create table pgbench_history"
                    + " (tid bigint, bid bigint, aid bigint, delta bigint, mtime timestamp, filler char(22))");
            statement.execute("insert into pgbench_branches select b, 0, '' from generate_series(1, " + scale + ") b");
            statement.execute("insert into pgbench_tellers select t, (t - 1) / " + DrawnWork.TELLERS
                    + " + 1, 0, '' from generate_series(1, " + tellers + ") t");
            statement.execute("insert into pgbench_accounts select a, (a - 1) / " + DrawnWork.ACCOUNTS
                    + " + 1, 0, '' from generate_series(1, " + accounts + ") a");
            statement.execute("alter table pgbench_branches add primary key (bid)");
            statement.execute("alter table pgbench_tellers add primary key (tid)");
            statement.execute("alter table pgbench_accounts add primary key (aid)");
            statement.execute("analyze");
        }
    }
}
