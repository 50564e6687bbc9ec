package dev.poolwright.lab.subject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test needs a Python with SQLAlchemy. Where there is none it is skipped with one line; with {@code POOLWRIGHT_CI} set it
 * fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresSqlAlchemy.Condition.class)
@interface RequiresSqlAlchemy {

    /** The Python to use; the condition has seen to it that there is one. */
    final class Python {
        private static Optional<String> found = Optional.empty();

        private Python() {}

        static String path() {
            return find().orElseThrow();
        }

        static synchronized Optional<String> find() {
            if (found.isEmpty()) {
                try {
                    found = PythonFinder.find(System.getenv(), PythonFinder.MODULES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while looking for Python", e);
                }
            }
            return found;
        }
    }

    /** Decides, and prints the one line. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Python.find().isPresent()) {
                return ConditionEvaluationResult.enabled("Python with SQLAlchemy is there");
            }
            String reason = "no Python that can import " + String.join(", ", PythonFinder.MODULES)
                    + "; set POOLWRIGHT_PYTHON to one that has requirements.txt installed";
            if (System.getenv("POOLWRIGHT_CI") != null) {
                throw new IllegalStateException(context.getDisplayName() + " must not be skipped here: " + reason);
            }
            System.out.println("skipped " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
