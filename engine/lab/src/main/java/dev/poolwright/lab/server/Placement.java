package dev.poolwright.lab.server;

/** Where on a server a run keeps what it makes. */
public enum Placement {
    /** A database of its own: the rule. */
    OWN_DATABASE("database"),
    /** A schema of its own in the database that the URL names, where the account may not create databases. */
    OWN_SCHEMA("schema");

    private final String word;

    Placement(String word) {
        this.word = word;
    }

    /** As it stands in sentences and in SQL. */
    String word() {
        return word;
    }
}
