package dev.poolwright.tidy;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds where a file asks the machine for the time, for a pause, or for chance that no seed repeats. */
final class RealTime {
    private static final Pattern READS = Pattern.compile("(java\\.(lang|time|util|util\\.concurrent|security)\\.)?("
            + "System\\.(nanoTime|currentTimeMillis)|Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep|Math\\.random"
            + "|(Instant|Local\\w+|ZonedDateTime|OffsetDateTime)\\.now|Clock\\.system\\w*|InstantSource\\.system"
            + "|ThreadLocalRandom\\.current|UUID\\.randomUUID|RandomGenerator\\.(getDefault|of))");
    private static final Pattern STATIC_IMPORT =
            Pattern.compile(READS.pattern() + "|java\\.lang\\.(System|Thread|Math)\\.\\*");
    private static final Pattern UNSEEDED = Pattern.compile("(java\\.\\w+\\.)?(Random|SplittableRandom|SecureRandom)");

    private RealTime() {}

    /** The places, as {@code path:line: what}. */
    static List<String> in(Source source) {
        List<String> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitImport(ImportTree node, @Nullable Void nothing) {
                if (node.isStatic()) {
                    check(node, STATIC_IMPORT, node.getQualifiedIdentifier().toString());
                }
                return null;
            }

            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void nothing) {
                check(node, READS, node.toString());
                return super.visitMemberSelect(node, nothing);
            }

            @Override
            public @Nullable Void visitMemberReference(MemberReferenceTree node, @Nullable Void nothing) {
                check(node, READS, node.getQualifierExpression() + "." + node.getName());
                return super.visitMemberReference(node, nothing);
            }

            @Override
            public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void nothing) {
                if (node.getArguments().isEmpty()) {
                    check(node, UNSEEDED, node.getIdentifier().toString());
                }
                return super.visitNewClass(node, nothing);
            }

            private void check(Tree node, Pattern pattern, String text) {
                if (pattern.matcher(text).matches()) {
                    found.add(source.at(node) + ": " + text);
                }
            }
        }.scan(source.unit(), null);
        return found;
    }
}
