package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;

/** A failure of the database is reported as something else. */
final class PW050MisreportedFailure extends ShapeRule {

    @Override
    public String code() {
        return "PW050";
    }

    @Override
    Shape shape() {
        return Shape.MISREPORTED_FAILURE;
    }

    @Override
    String message(CodeShape shape) {
        return shape.subject() + " reports a failure of the database as something else: " + shape.what();
    }

    @Override
    String fix() {
        return "let failures of the database through as what they are, and keep the first one in the message";
    }
}
