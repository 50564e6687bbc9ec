/** Decisions as plain objects that are told the time. */
module dev.poolwright.policy {
    requires static org.jspecify;

    exports dev.poolwright.policy;
}
