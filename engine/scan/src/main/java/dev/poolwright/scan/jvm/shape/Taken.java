package dev.poolwright.scan.jvm.shape;

import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/**
 * A connection that a method takes, and what becomes of it.
 *
 * @param variable that holds it; empty where none does
 * @param declared whether that is a local variable of the method
 */
record Taken(SyntaxNode call, String variable, boolean declared, JavaMethod method) {

    static Taken by(SyntaxNode call, JavaMethod method) {
        SyntaxNode at = call;
        while (at.parent()
                .filter(up -> up.is("parenthesized_expression", "cast_expression"))
                .isPresent()) {
            at = at.parent().orElseThrow();
        }
        SyntaxNode up = at.parent().orElse(at);
        if (up.is("variable_declarator", "resource")) {
            return new Taken(call, up.text("name"), true, method);
        }
        if (up.is("assignment_expression")) {
            String name = up.text("left");
            boolean local = method.node()
                    .all("variable_declarator")
                    .anyMatch(one -> one.text("name").equals(name));
            return new Taken(call, name, local, method);
        }
        return new Taken(call, "", false, method);
    }

    /** What it is taken from, as written. */
    String source() {
        return call.text("object").replace("this.", "");
    }

    private boolean isResource() {
        return call.above("resource", "block", "lambda_expression")
                .filter(up -> up.is("resource"))
                .isPresent();
    }

    /** The innermost function or method body around it. */
    private SyntaxNode body() {
        SyntaxNode lambda =
                call.above("lambda_expression", "method_declaration").orElse(method.node());
        return lambda.is("lambda_expression") ? lambda : method.node();
    }

    /** The code in which it is held, if that can be told: the block of its {@code try}, or what follows in its block. */
    Optional<SyntaxNode> held() {
        if (isResource()) {
            return call.above("try_with_resources_statement");
        }
        return declared ? call.above("block") : Optional.empty();
    }

    /** Whether it is still open where something else stands, later in {@link #held}. */
    boolean holdsAt(SyntaxNode later) {
        if (isResource()) {
            SyntaxNode around = call.above("try_with_resources_statement").orElse(call);
            boolean inside =
                    around.child("body").filter(body -> body.contains(later)).isPresent();
            return inside
                    || around.child("resources")
                            .filter(all -> all.contains(later))
                            .isPresent();
        }
        return closes().stream().noneMatch(close -> close.start() < later.start())
                && call.above("block").filter(block -> block.contains(later)).isPresent()
                && !isEscaping();
    }

    /** How it gets lost; empty when it does not, or when somebody else may close it. */
    Optional<String> lost() {
        if (isResource() || method.name().matches("getConnection|doGetConnection|openConnection")) {
            return Optional.empty();
        }
        Optional<SyntaxNode> on = call.parent()
                .filter(up -> up.is("method_invocation")
                        && up.child("object").filter(call::equals).isPresent());
        if (on.isPresent()) {
            boolean kept = on.get().text("name").matches("close|unwrap") || body().is("lambda_expression");
            return kept
                    ? Optional.empty()
                    : Optional.of(
                            "the connection of " + JavaShapeReader.brief(on.get()) + " cannot be closed by anybody");
        }
        if (!declared || isCleanedUp() || isEscaping()) {
            return Optional.empty();
        }
        List<SyntaxNode> closes = closes();
        if (closes.isEmpty()) {
            return Optional.of(variable + " is not closed at all");
        }
        boolean safe = closes.stream()
                .anyMatch(close -> close.above("finally_clause", "catch_clause").isPresent() || close.is("resource"));
        return safe ? Optional.empty() : Optional.of(variable + " is closed only when nothing fails");
    }

    private boolean isCleanedUp() {
        return call.above("local_variable_declaration")
                .filter(one -> one.text().contains("@Cleanup"))
                .isPresent();
    }

    /** What closes it: itself, or a method that has close or release in its name. */
    private List<SyntaxNode> closes() {
        return body().all("method_invocation", "resource")
                .filter(one -> one.start() > call.start())
                .filter(one -> one.is("resource")
                        ? one.text().equals(variable) || one.text("value").equals(variable)
                        : closes(one))
                .toList();
    }

    private boolean closes(SyntaxNode one) {
        boolean itself = one.text("object").equals(variable) && one.text("name").equals("close");
        boolean handed = one.text("name").matches("(?i).*(close|release).*") && isArgument(one);
        return itself || handed;
    }

    private boolean isArgument(SyntaxNode of) {
        return Calls.arguments(of).stream()
                .anyMatch(one -> one.is("identifier") && one.text().equals(variable));
    }

    /** Whether it goes to where it can be closed unseen: returned, stored, handed on, or used in a function. */
    private boolean isEscaping() {
        return body().all("identifier")
                .filter(one -> one.text().equals(variable) && one.start() > call.end())
                .anyMatch(this::leaves);
    }

    private boolean leaves(SyntaxNode use) {
        SyntaxNode up = use.parent().orElse(use);
        boolean inFunction = use.above("lambda_expression", "class_body")
                .filter(one -> body().contains(one)
                        && one != body()
                        && one.start() > body().start()
                        && one.start() > call.start())
                .isPresent();
        if (inFunction
                || up.is(
                        "return_statement",
                        "object_creation_expression",
                        "cast_expression",
                        "ternary_expression",
                        "array_initializer")) {
            return true;
        }
        if (up.is("assignment_expression")) {
            return up.child("right").filter(use::equals).isPresent();
        }
        if (up.is("variable_declarator")) {
            return up.child("value").filter(use::equals).isPresent();
        }
        if (!up.is("argument_list")) {
            return false;
        }
        SyntaxNode caller = up.parent().orElse(up);
        return !closes(caller);
    }
}
