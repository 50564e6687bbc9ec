package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pool that Spring Boot makes of {@code spring.datasource}, and the keys there that nothing reads. Where the program makes
 * its own data source, that one counts.
 */
final class SpringPoolReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.YAML, Language.PROPERTIES), SpringProperties::isOne, List.of("datasource"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Optional<AppSettings> app = SpringProperties.of(project).of(file);
        if (app.isEmpty()
                || app.get().place() != file.place() && app.get().place() == dev.poolwright.model.fact.Place.MAIN) {
            return;
        }
        if (leads(app.get(), file)) {
            read(app.get(), project, facts);
        }
    }

    /** Whether this is the first of the application's files that says anything of data sources. */
    private static boolean leads(AppSettings app, SourceFile file) {
        return app.under(SpringDataSource.PREFIX).stream()
                .map(setting -> setting.file().name())
                .min(String::compareTo)
                .map(file.name()::equals)
                .orElse(false);
    }

    private static void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        SpringDataSource source = new SpringDataSource(app, modules);
        boolean several = !app.under(SpringDataSource.PREFIX + ".dynamic").isEmpty();
        boolean written = source.url().isPresent()
                || PoolKind.HIKARI == source.kind().orElse(null)
                        && !source.block(PoolKind.HIKARI).isEmpty();
        if (!written || several || !source.hasStarter()) {
            return;
        }
        DataSourceBeans beans = DataSourceBeans.of(project);
        List<DataSourceBean> own = beans.in(modules.module(app.folder()));
        boolean replaced = own.stream()
                .anyMatch(bean -> !bean.conditional() || bean.prefix().startsWith(SpringDataSource.PREFIX));
        if (replaced) {
            SpringIdleSettings.ofOwnBean(app, own, beans, modules).forEach(facts);
            return;
        }
        Optional<PoolKind> kind = source.kind();
        if (kind.isPresent()) {
            facts.accept(pool(app, source, kind.get(), modules).fact());
            SpringIdleSettings.ofBoot(app, source, kind.get(), beans, modules).forEach(facts);
        }
    }

    private static PoolDraft pool(AppSettings app, SpringDataSource source, PoolKind kind, JvmModules modules) {
        Setting first = source.first(kind).orElseThrow();
        PoolDraft pool = new PoolDraft(source.name(kind), kind.library(), app.place(), first.origin())
                .runtime(SpringRuntime.blocking(app))
                .version(modules.version(
                        app.folder(), kind.library(), kind.artifacts().get(0)));
        source.url().flatMap(url -> app.text(url.key())).ifPresent(pool::url);
        if (SpringDataSource.BLOCKS.containsKey(kind)) {
            BlockSettings.add(pool, kind, app, SpringDataSource.PREFIX + "." + SpringDataSource.BLOCKS.get(kind));
        }
        return pool;
    }
}
