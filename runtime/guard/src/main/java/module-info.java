/** Protection of a connection pool inside the running service. */
module dev.poolwright.guard {
    requires transitive java.sql;
    requires transitive java.management;
    requires transitive dev.poolwright.policy;
    requires static org.jspecify;

    exports dev.poolwright.guard;
}
