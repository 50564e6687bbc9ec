package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.finding.Finding.Severity;

/** A response streams, or a file is sent, while the connection of its request stays borrowed. */
final class PW043HeldWhileStreaming extends ShapeRule {

    @Override
    public String code() {
        return "PW043";
    }

    @Override
    Shape shape() {
        return Shape.HELD_WHILE_STREAMING;
    }

    @Override
    String message(CodeShape shape) {
        return shape.subject() + " holds a connection for as long as it streams: " + shape.what();
    }

    @Override
    String fix() {
        return "a short session of its own for the check, closed before the stream begins";
    }

    @Override
    Severity certain() {
        return Severity.WARNING;
    }
}
