package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.scan.jvm.SmallTree;
import java.nio.file.Path;
import java.util.List;

/** A few Java files of one package, and the shapes that are found in them. */
final class ShapeTree {

    private final SmallTree tree;

    ShapeTree(Path root) {
        this.tree = new SmallTree(root);
    }

    ShapeTree java(String name, String text) throws Exception {
        tree.with("src/main/java/shop/" + name + ".java", "package shop;\n" + text);
        return this;
    }

    ShapeTree with(String name, String text) throws Exception {
        tree.with(name, text);
        return this;
    }

    List<CodeShape> shapes() throws Exception {
        return tree.facts().of(CodeShape.class);
    }

    List<CodeShape> shapes(Shape shape) throws Exception {
        return shapes().stream().filter(one -> one.shape() == shape).toList();
    }

    CodeShape only(Shape shape) throws Exception {
        List<CodeShape> all = shapes();
        if (all.size() != 1 || all.get(0).shape() != shape) {
            throw new AssertionError("shapes: " + all);
        }
        return all.get(0);
    }
}
