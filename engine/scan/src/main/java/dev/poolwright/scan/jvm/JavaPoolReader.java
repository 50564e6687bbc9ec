package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** JDBC pools that Java code makes: {@code new HikariDataSource(config)} and its like, with the setters that are called. */
final class JavaPoolReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                Language.JAVA,
                "HikariDataSource",
                "HikariConfig",
                "BasicDataSource",
                "DruidDataSource",
                "ComboPooledDataSource",
                "tomcat.jdbc.pool",
                "DataSourceBuilder",
                "DataSourceProperties");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        JavaIndex index = JavaIndex.of(project);
        Optional<JavaFile> java = index.file(file);
        if (java.isEmpty()) {
            return;
        }
        JavaValues values = new JavaValues(index);
        java.get().root().all("object_creation_expression", "method_invocation").forEach(node -> {
            Optional<JavaClass> in = java.get().around(node);
            if (in.isPresent()) {
                made(node, java.get())
                        .ifPresent(made -> new JavaPool(project, in.get(), values, node, made.kind()).read(facts));
            }
        });
    }

    /** A pool that is made; its kind is empty where Boot chooses. */
    private record Made(Optional<PoolKind> kind) {}

    /** The pool that an expression makes. */
    private static Optional<Made> made(SyntaxNode node, JavaFile file) {
        if (node.is("object_creation_expression")) {
            return poolClass(node.text("type"), file).map(kind -> new Made(Optional.of(kind)));
        }
        return node.text("name").equals("build") && Setters.arguments(node).isEmpty()
                ? built(node, file)
                : Optional.empty();
    }

    /** {@code DataSourceBuilder.create()….build()} makes what {@code type(…)} says, else what Boot would take. */
    private static Optional<Made> built(SyntaxNode build, JavaFile file) {
        String text = build.text();
        if (text.contains("DruidDataSourceBuilder.create()")) {
            return Optional.of(new Made(Optional.of(PoolKind.DRUID)));
        }
        boolean builds = text.startsWith("DataSourceBuilder.create(") || text.contains("initializeDataSourceBuilder()");
        if (!builds) {
            return Optional.empty();
        }
        Optional<SyntaxNode> type = build.all("method_invocation")
                .filter(call -> call.text("name").equals("type"))
                .findFirst();
        return Optional.of(new Made(type.flatMap(
                        call -> Setters.arguments(call).stream().findFirst())
                .flatMap(argument -> poolClass(argument.text().replace(".class", ""), file))));
    }

    private static Optional<PoolKind> poolClass(String written, JavaFile file) {
        return Arrays.stream(PoolKind.values())
                .filter(kind -> kind.classes().stream().anyMatch(full -> file.means(written, full)))
                .findFirst();
    }

    /** Words for a class that only holds configuration and makes no pool by itself. */
    static final List<String> CONFIGURATION_ONLY = List.of("HikariConfig", "PoolProperties");
}
