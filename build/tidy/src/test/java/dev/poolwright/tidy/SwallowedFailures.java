package dev.poolwright.tidy;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the catch blocks after which nobody can know that something failed: empty ones of any type, and those of a broad
 * type that neither throw, nor hand the exception on, nor count or record that it came.
 *
 * <p>A narrow type ({@code NumberFormatException}) is itself an answer, so its block may go on with another value.
 */
final class SwallowedFailures {
    private static final Set<String> BROAD = Set.of(
            "Throwable",
            "Exception",
            "RuntimeException",
            "Error",
            "SQLException",
            "IOException",
            "UncheckedIOException",
            "InterruptedException",
            "ExecutionException",
            "CompletionException",
            "ReflectiveOperationException");

    /** A call so named leaves a trace even where the exception itself is not handed over. */
    private static final Pattern RECORDS =
            Pattern.compile("(count|increment|record|fail|note|mark|add|interrupt|complete|report|put)([A-Z].*)?");

    private SwallowedFailures() {}

    /** The places, as {@code path:line: why}; empty when nothing is swallowed. */
    static List<String> in(Source source) {
        List<String> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitCatch(CatchTree node, @Nullable Void nothing) {
                if (node.getBlock().getStatements().isEmpty()) {
                    found.add(source.at(node) + ": the catch block is empty");
                } else if (isBroad(node) && !leavesATrace(node)) {
                    found.add(
                            source.at(node) + ": catches " + node.getParameter().getType()
                                    + " and neither throws, nor hands it on, nor counts or records it");
                }
                return super.visitCatch(node, nothing);
            }
        }.scan(source.unit(), null);
        return found;
    }

    private static boolean isBroad(CatchTree node) {
        Tree type = node.getParameter().getType();
        List<? extends Tree> caught = type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
        return caught.stream()
                .map(Tree::toString)
                .anyMatch(name -> BROAD.contains(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static boolean leavesATrace(CatchTree node) {
        Trace trace = new Trace(node.getParameter().getName().toString());
        trace.scan(node.getBlock(), null);
        return trace.left;
    }

    /** Walks one catch block; {@code left} becomes true at the first thing that keeps the failure known. */
    private static final class Trace extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String exception;
        private boolean left;

        Trace(String exception) {
            this.exception = exception;
        }

        @Override
        public @Nullable Void visitThrow(ThrowTree node, @Nullable Void nothing) {
            left = true;
            return null;
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree node, @Nullable Void nothing) {
            left |= mentions(node.getExpression());
            return super.visitReturn(node, nothing);
        }

        @Override
        public @Nullable Void visitYield(YieldTree node, @Nullable Void nothing) {
            left |= mentions(node.getValue());
            return super.visitYield(node, nothing);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void nothing) {
            left |= node.getArguments().stream().anyMatch(this::mentions);
            left |= RECORDS.matcher(lastName(node.getMethodSelect())).matches();
            return super.visitMethodInvocation(node, nothing);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void nothing) {
            left |= node.getArguments().stream().anyMatch(this::mentions);
            return super.visitNewClass(node, nothing);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Void nothing) {
            left = true;
            return null;
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree node, @Nullable Void nothing) {
            left = true;
            return null;
        }

        @Override
        public @Nullable Void visitExpressionStatement(ExpressionStatementTree node, @Nullable Void nothing) {
            Tree.Kind kind = node.getExpression().getKind();
            left |= node.getExpression() instanceof UnaryTree
                    && (kind == Tree.Kind.POSTFIX_INCREMENT || kind == Tree.Kind.PREFIX_INCREMENT);
            return super.visitExpressionStatement(node, nothing);
        }

        /** What a lambda would do is not done yet; only handing the lambda on counts, and that is an argument. */
        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Void nothing) {
            return null;
        }

        private boolean mentions(@Nullable Tree tree) {
            if (tree == null) {
                return false;
            }
            boolean[] found = {false};
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void nothing) {
                    found[0] |= node.getName().contentEquals(exception);
                    return null;
                }
            }.scan(tree, null);
            return found[0];
        }

        private static String lastName(Tree select) {
            return select instanceof MemberSelectTree member
                    ? member.getIdentifier().toString()
                    : select.toString();
        }
    }
}
