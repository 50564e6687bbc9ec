package dev.poolwright.guard;

/** Why a borrow was refused. The SQLSTATEs are in class 53, insufficient resources, where PostgreSQL uses no P. */
public enum Refusal {
    /** As many callers wait as may. */
    WAITERS("53P01", "too many callers wait"),
    /** Waited as long as may be, or as the caller had. */
    WAITED("53P01", "no connection came back in time"),
    /** Waited too long in a queue that stands. */
    STANDING_QUEUE("53P01", "the queue stands and this caller waited too long in it"),
    /** What is asked for cannot be done by the caller's deadline. */
    DEADLINE("53P02", "the work cannot be done by the caller's deadline"),
    /** The caller holds a connection and would wait for another while every holder does. */
    NESTED_BORROW("53P03", "every holder of a connection waits for another one"),
    /** The database fails; calls are held back. */
    BREAKER("53P04", "the database fails, calls are held back"),
    /** This is a retry and the budget of retries is spent. */
    RETRY_BUDGET("53P04", "the budget of retries is spent");

    private final String sqlState;
    private final String text;

    Refusal(String sqlState, String text) {
        this.sqlState = sqlState;
        this.text = text;
    }

    /** 53P01 saturated, 53P02 deadline, 53P03 nested borrow, 53P04 held back for the database's sake. */
    public String sqlState() {
        return sqlState;
    }

    /** A few words for people. */
    public String text() {
        return text;
    }
}
