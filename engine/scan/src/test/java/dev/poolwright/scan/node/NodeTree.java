package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.scan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small source tree that a test writes. */
final class NodeTree {

    private final Path root;

    NodeTree(Path root) {
        this.root = root;
    }

    NodeTree with(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Facts facts() throws IOException, InterruptedException {
        return Scan.of(root);
    }

    <T extends Fact> List<T> all(Class<T> kind) throws IOException, InterruptedException {
        return facts().of(kind);
    }

    /** The only pool of the tree. */
    DeclaredPool pool() throws IOException, InterruptedException {
        List<DeclaredPool> pools = all(DeclaredPool.class);
        if (pools.size() != 1) {
            throw new AssertionError("one pool is wanted, found " + pools);
        }
        return pools.getFirst();
    }

    /** The shapes of one kind, each as {@code line what}. */
    List<String> shapes(Shape shape) throws IOException, InterruptedException {
        return all(CodeShape.class).stream()
                .filter(one -> one.shape() == shape)
                .map(one -> one.origin().line() + " " + one.what())
                .toList();
    }
}
