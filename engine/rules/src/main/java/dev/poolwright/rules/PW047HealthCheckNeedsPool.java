package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;

/** The health check needs a connection of the pool, so that a full pool looks like a dead process. */
final class PW047HealthCheckNeedsPool extends ShapeRule {

    @Override
    public String code() {
        return "PW047";
    }

    @Override
    Shape shape() {
        return Shape.POOL_IN_HEALTH_CHECK;
    }

    @Override
    String message(CodeShape shape) {
        return "health check " + shape.subject() + " needs a connection of the pool: " + shape.what();
    }

    @Override
    String fix() {
        return "a liveness check without the database; readiness with a short limit of its own";
    }
}
