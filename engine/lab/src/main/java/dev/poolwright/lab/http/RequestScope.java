package dev.poolwright.lab.http;

import dev.poolwright.lab.http.WatchedPool.Loan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One request and what was lent to it. Used by the request's own thread alone. */
final class RequestScope implements AutoCloseable {

    private final List<Loan> loans = new ArrayList<>();

    void lent(Loan loan) {
        loans.add(loan);
    }

    /** The request is over: what it has not given back by now it never will. */
    @Override
    public void close() throws SQLException {
        for (Loan loan : loans) {
            if (!loan.isBack()) {
                loan.pool().leaked(loan);
            }
        }
    }
}
