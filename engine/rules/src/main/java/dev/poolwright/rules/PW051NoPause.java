package dev.poolwright.rules;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;

/** One failed connect at start ends the process, or connects are tried again without any pause. */
final class PW051NoPause extends ShapeRule {

    @Override
    public String code() {
        return "PW051";
    }

    @Override
    Shape shape() {
        return Shape.NO_PAUSE_BETWEEN_CONNECTS;
    }

    @Override
    String message(CodeShape shape) {
        return shape.subject() + " connects without a pause between tries, or tries once: " + shape.what();
    }

    @Override
    String fix() {
        return "several tries with a growing pause and some chance in it, inside a limit for the whole start";
    }
}
