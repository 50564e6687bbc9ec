package dev.poolwright.scan.infra.helm;

import dev.poolwright.scan.config.ConfigNode;
import java.util.List;

/** A piece of a template. Lines count from 1 in the file that holds the template. */
sealed interface Piece {

    record Text(String text, int line) implements Piece {}

    record Output(Pipeline pipeline, int line) implements Piece {}

    record Assign(String variable, Pipeline value, int line) implements Piece {}

    /** {@code if … else if … else}: the first branch whose condition holds; no commands mean "else". */
    record Choice(List<Branch> branches) implements Piece {}

    record Branch(Pipeline condition, List<Piece> body) {}

    record With(String variable, Pipeline value, List<Piece> body, List<Piece> otherwise) implements Piece {}

    /** Empty variable names where there are none. */
    record Range(String key, String value, Pipeline over, List<Piece> body, List<Piece> otherwise) implements Piece {}

    /** Commands, the result of each being the last argument of the next. */
    record Pipeline(List<Command> commands) {}

    record Command(List<Operand> operands) {}

    /** A value that an expression names. The path is what follows it: {@code .a.b}. */
    sealed interface Operand {
        record Dot(List<String> path) implements Operand {}

        record Variable(String name, List<String> path) implements Operand {}

        record Literal(ConfigNode value) implements Operand {}

        record Nested(Pipeline pipeline, List<String> path) implements Operand {}

        record Function(String name) implements Operand {}
    }
}
