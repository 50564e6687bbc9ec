package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;

/** A Django function that is one transaction from its first line to its last: {@code @transaction.atomic}. */
final class AtomicDecorator {

    private AtomicDecorator() {}

    /** The state in which a function begins. */
    static HoldState start(PythonFunction function, PythonIndex index) {
        for (SyntaxNode decorator : function.decorators()) {
            SyntaxNode name = decorator.is("call") ? decorator.child("function").orElse(decorator) : decorator;
            if (name.is("identifier", "attribute") && index.externalName(name).equals("django.db.transaction.atomic")) {
                return HoldState.EMPTY.put(
                        "transaction",
                        new Hold(
                                Handle.of(Handle.Kind.ATOMIC, decorator),
                                Hold.Status.HELD,
                                true,
                                false,
                                List.of(new Step("transaction @" + name.text(), decorator.origin()))));
            }
        }
        return HoldState.EMPTY;
    }
}
