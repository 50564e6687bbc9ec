package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.source.JavaAnnotation;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import dev.poolwright.scan.tree.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The data sources that the Spring applications of a tree make themselves. Looked for in files whose names say that they
 * configure something, so that the rest need not be read again. Safe for several threads.
 */
final class DataSourceBeans {

    private static final Pattern NAME = Pattern.compile(
            ".*(Config|DataSource|Datasource|Application|Database|Db|DB|Jdbc|JDBC|Jpa|JPA|Persist|Mybatis|MyBatis|Hikari|Druid|Pool|Tenant|Bean|Main|Context).*\\.java");
    private static final int MOST_FILES = 5_000;

    private final Project project;
    private final List<DataSourceBean> beans = new ArrayList<>();
    private final Map<String, Boolean> mentions = new ConcurrentHashMap<>();

    private DataSourceBeans(Project project) {
        this.project = project;
        int read = 0;
        for (SourceFile file : project.tree().files()) {
            boolean likely = file.language() == Language.JAVA
                    && file.place() == Place.MAIN
                    && NAME.matcher(file.fileName()).matches();
            if (likely && read++ < MOST_FILES && mayHold(file)) {
                JavaIndex.of(project).file(file).ifPresent(this::add);
            }
        }
    }

    /** The view of a project. */
    static DataSourceBeans of(Project project) {
        return project.view(DataSourceBeans.class, DataSourceBeans::new);
    }

    private boolean mayHold(SourceFile file) {
        String text = project.text(file).map(SourceText::text).orElse("");
        return text.contains("@Bean") && text.contains("DataSource");
    }

    private void add(JavaFile file) {
        for (JavaClass owner : file.classes()) {
            for (JavaMethod method : owner.methods()) {
                if (isDataSource(method, file)) {
                    beans.add(new DataSourceBean(
                            JvmModules.of(project).module(file.file().folder()),
                            owner,
                            method,
                            prefix(method.annotations()).orElse(""),
                            conditional(owner, method)));
                }
            }
        }
    }

    private boolean isDataSource(JavaMethod method, JavaFile file) {
        return method.annotation("Bean").isPresent()
                && isDataSource(method.returns(), file)
                && method.parameters().stream()
                        .noneMatch(parameter ->
                                parameter.type().matches("([\\w.]*[.<])?\\w*DataSource>?|.*<.*DataSource>"));
    }

    /** The interface itself, a known pool, or a class of this tree that routes between data sources. */
    private boolean isDataSource(String type, JavaFile file) {
        boolean known = file.means(type, "javax.sql.DataSource")
                || PoolKind.ofClass(type)
                        .filter(kind -> kind.classes().stream().anyMatch(full -> file.means(type, full)))
                        .isPresent();
        return known
                || (type.endsWith("DataSource")
                        && JavaIndex.of(project)
                                .resolve(type, file)
                                .filter(owner -> owner.parent().endsWith("RoutingDataSource")
                                        || owner.parent().endsWith("HikariDataSource"))
                                .isPresent());
    }

    static Optional<String> prefix(List<JavaAnnotation> annotations) {
        return annotations.stream()
                .filter(one -> one.name().equals("ConfigurationProperties"))
                .map(one -> one.text("prefix", "value"))
                .findFirst();
    }

    static boolean conditional(JavaClass owner, JavaMethod method) {
        boolean optional = method.annotation("Bean")
                .map(bean -> bean.arguments().containsKey("defaultCandidate")
                        || bean.arguments().containsKey("autowireCandidate"))
                .orElse(false);
        return optional
                || owner.annotations().stream().anyMatch(DataSourceBeans::isCondition)
                || method.annotations().stream().anyMatch(DataSourceBeans::isCondition);
    }

    private static boolean isCondition(JavaAnnotation annotation) {
        return annotation.name().startsWith("Conditional")
                || annotation.name().equals("Profile")
                || annotation.name().equals("AutoConfiguration")
                || annotation.name().startsWith("Requires");
    }

    /** Those of one module. */
    List<DataSourceBean> in(String module) {
        return beans.stream().filter(bean -> bean.module().equals(module)).toList();
    }

    /** Those of the modules that a program is built with that bind the properties of Boot's data source. */
    List<DataSourceBean> boundFor(String folder, JvmModules modules) {
        return beans.stream()
                .filter(bean ->
                        bean.prefix().startsWith(SpringDataSource.PREFIX) && modules.dependsOn(folder, bean.module()))
                .toList();
    }

    /** Whether any program text or XML of a module holds a text; asked only where a finding depends on it. */
    boolean mentioned(String module, String text) {
        return mentions.computeIfAbsent(module + "\n" + text, key -> search(module, text));
    }

    private boolean search(String module, String text) {
        int read = 0;
        for (SourceFile file : project.tree().files()) {
            boolean program = file.language() == Language.JAVA
                    || file.language() == Language.KOTLIN
                    || file.language() == Language.GROOVY
                    || file.language() == Language.XML;
            boolean inside = module.isEmpty() || file.name().startsWith(module + "/");
            if (program && inside && file.place() == Place.MAIN && read++ < MOST_FILES) {
                if (project.text(file).map(SourceText::text).orElse("").contains(text)) {
                    return true;
                }
            }
        }
        return read >= MOST_FILES;
    }
}
