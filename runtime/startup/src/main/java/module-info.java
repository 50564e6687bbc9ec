/** Phases in order, or exit code 3. */
module dev.poolwright.startup {
    requires static org.jspecify;
    requires transitive dev.poolwright.policy;

    exports dev.poolwright.startup;
}
