package dev.poolwright.scan.jvm;

import java.util.Map;
import java.util.Optional;

/** Hibernate's names for c3p0's settings. */
final class C3p0Settings {

    /** As Hibernate's connection provider hands them on; other keys go through as they are. */
    private static final Map<String, String> HIBERNATE = Map.of(
            "max_size", "maxPoolSize",
            "min_size", "minPoolSize",
            "timeout", "maxIdleTime",
            "max_statements", "maxStatements",
            "idle_test_period", "idleConnectionTestPeriod",
            "acquire_increment", "acquireIncrement",
            "validate", "testConnectionOnCheckout");

    private C3p0Settings() {}

    /** c3p0's key for what stands after {@code hibernate.c3p0.}; empty for what is no setting of it. */
    static Optional<String> ofHibernate(String key) {
        String camel = HIBERNATE.getOrDefault(key, key);
        return camel.contains(".") || camel.isBlank() ? Optional.empty() : Optional.of(camel);
    }
}
