/** Decisions as plain objects that are told the time. */
module dev.poolwright.policy {
    requires static org.jspecify;

    exports dev.poolwright.policy;
    exports dev.poolwright.policy.admission;
    exports dev.poolwright.policy.health;
}
