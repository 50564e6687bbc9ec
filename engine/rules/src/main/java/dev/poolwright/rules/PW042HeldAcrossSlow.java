package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding.Severity;

/** A connection is held while something slow happens that is not the database. */
final class PW042HeldAcrossSlow extends ShapeRule {

    @Override
    public String code() {
        return "PW042";
    }

    @Override
    Shape shape() {
        return Shape.HELD_ACROSS_SLOW;
    }

    @Override
    String message(CodeShape shape) {
        return shape.subject() + " holds a connection across " + shape.what();
    }

    @Override
    String fix() {
        return "do the slow part before the connection is borrowed or after it is given back";
    }

    @Override
    Severity certain() {
        return Severity.WARNING;
    }
}
