package dev.poolwright.scan.python;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the objects of a class are made by functions that run again and again, and that keep none of them. */
final class ConstructedPerCall {

    private ConstructedPerCall() {}

    /** Only where some construction is seen, and each that is seen is such a one. */
    static boolean is(PythonFunction constructor, Project project) {
        List<SyntaxNode> made = new ArrayList<>(ofClass(constructor));
        Optional<List<SyntaxNode>> calls = Callers.of(project).of(constructor);
        if (calls.isEmpty()) {
            return false;
        }
        made.addAll(calls.get());
        PythonIndex index = project.view(PythonIndex.class, PythonIndex::of);
        return !made.isEmpty() && made.stream().allMatch(one -> isPassing(one, index));
    }

    /** {@code cls(…)} in the class's own methods. */
    private static List<SyntaxNode> ofClass(PythonFunction constructor) {
        return constructor.classNode().stream()
                .flatMap(type -> type.all("call"))
                .filter(call -> call.text("function").equals("cls"))
                .toList();
    }

    private static boolean isPassing(SyntaxNode call, PythonIndex index) {
        Optional<PythonFunction> around = call.above("function_definition")
                .flatMap(node -> index.module(call).stream()
                        .flatMap(module -> module.functions().stream())
                        .filter(function -> function.node() == node)
                        .findFirst());
        if (around.isEmpty()
                || around.get().name().equals("__init__")
                || around.get().name().equals("__new__")
                || PoolPerCallReader.AT_START.matcher(around.get().name()).matches()
                || Handles.isCached(around.get())
                || OwnCode.body(around.get().node(), "global_statement", "nonlocal_statement")
                        .findAny()
                        .isPresent()) {
            return false;
        }
        Optional<SyntaxNode> holder = call.above("assignment", "named_expression", "function_definition");
        return holder.isEmpty()
                || !holder.get().is("assignment")
                || holder.get()
                        .child("left")
                        .filter(left -> left.is("identifier"))
                        .isPresent();
    }
}
