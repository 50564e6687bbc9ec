package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pool that Spring Boot makes of {@code spring.datasource}, and the keys there that nothing reads. Where the program makes
 * its own data source, that one counts.
 */
final class SpringPoolReader extends ApplicationReader {

    SpringPoolReader() {
        super("datasource");
    }

    @Override
    boolean concerns(Setting setting) {
        return setting.canonical().startsWith(SpringDataSource.PREFIX + ".");
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        SpringDataSource source = new SpringDataSource(app, modules);
        boolean several = !app.under(SpringDataSource.PREFIX + ".dynamic").isEmpty();
        boolean written = source.url().isPresent()
                || (source.kind().filter(PoolKind.HIKARI::equals).isPresent()
                        && !source.block(PoolKind.HIKARI).isEmpty());
        if (!written
                || several
                || !source.hasStarter()
                || (source.url().isEmpty() && isShared(app, project, modules))) {
            return;
        }
        DataSourceBeans beans = DataSourceBeans.of(project);
        List<DataSourceBean> own = beans.in(modules.module(app.folder()));
        boolean replaced = own.stream()
                .anyMatch(bean -> !bean.conditional() || bean.prefix().startsWith(SpringDataSource.PREFIX));
        if (!beans.boundFor(app.folder(), modules).isEmpty()) {
            return; // a module that it is built with makes the pool and binds these settings to it
        }
        if (replaced) {
            SpringIdleSettings.ofOwnBean(app, own, beans, modules).forEach(facts);
            return;
        }
        Optional<PoolKind> kind = source.kind();
        if (kind.isPresent()) {
            facts.accept(pool(app, source, kind.get(), project).fact());
            SpringIdleSettings.ofBoot(app, source, kind.get(), beans, modules).forEach(facts);
        }
    }

    /** A block without a URL in a module that programs of the tree are built with: it counts there. */
    private static boolean isShared(AppSettings app, Project project, JvmModules modules) {
        return SpringProperties.of(project).all().stream()
                .anyMatch(other -> modules.dependsOn(other.folder(), app.folder()));
    }

    private static PoolDraft pool(AppSettings app, SpringDataSource source, PoolKind kind, Project project) {
        JvmModules modules = JvmModules.of(project);
        Setting first = source.first(kind).orElseThrow();
        PoolDraft pool = new PoolDraft(source.name(kind), kind.library(), app.place(), first.origin())
                .runtime(SpringRuntime.blocking(app))
                .version(modules.version(
                        app.folder(), kind.library(), kind.artifacts().get(0)));
        source.url().flatMap(url -> app.text(url.key())).ifPresent(pool::url);
        String block = SpringDataSource.BLOCKS.get(kind);
        if (block != null) {
            for (AppSettings other : SpringProperties.of(project).all()) {
                if (modules.dependsOn(app.folder(), other.folder())) {
                    BlockSettings.add(pool, kind, other, SpringDataSource.PREFIX + "." + block);
                }
            }
            BlockSettings.add(pool, kind, app, SpringDataSource.PREFIX + "." + block);
        }
        return pool;
    }
}
