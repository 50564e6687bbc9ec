package dev.poolwright.lab.subject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test needs PgBouncer. Where it is not installed the test is skipped with one line; with {@code POOLWRIGHT_CI} set it
 * fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPgBouncer.Condition.class)
@interface RequiresPgBouncer {

    /** Decides, and prints the one line. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (PgBouncer.program().isPresent()) {
                return ConditionEvaluationResult.enabled("pgbouncer is installed");
            }
            String reason = "pgbouncer is not installed";
            if (System.getenv("POOLWRIGHT_CI") != null) {
                throw new IllegalStateException(context.getDisplayName() + " must not be skipped here: " + reason);
            }
            System.out.println("skipped " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
