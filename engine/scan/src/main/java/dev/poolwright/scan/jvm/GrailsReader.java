package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.JvmModules.Presence;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The data sources of Grails: {@code dataSource { properties { … } }} in {@code application.groovy} or {@code application.yml}.
 * The properties go to whatever pool there is, and it keeps silent about those that it does not have. That pool is HikariCP
 * from Grails 7, before that Tomcat's where its library is there.
 */
final class GrailsReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.GROOVY, Language.YAML),
                file -> file.folder().endsWith("grails-app/conf")
                        && file.fileName().matches("application\\.(groovy|ya?ml)|DataSource\\.groovy"),
                List.of("dataSource"));
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        boolean old = file.fileName().equals("DataSource.groovy"); // Grails 1 and 2; later ones do not read it
        if (old
                && List.of("groovy", "yml", "yaml").stream()
                        .anyMatch(ending -> project.file(file.folder() + "/application." + ending)
                                .isPresent())) {
            return;
        }
        AppSettings app = settings(file, project);
        List<String> names = new ArrayList<>(List.of("dataSource"));
        app.names("dataSources").forEach(name -> names.add("dataSources." + name));
        for (String prefix : names) {
            boolean here = app.has(prefix + ".url")
                    || !app.under(prefix + ".properties").isEmpty();
            if (here) {
                one(app, prefix, file, project, facts);
            }
        }
    }

    private static AppSettings settings(SourceFile file, Project project) {
        if (file.language() == Language.YAML) {
            return SpringProperties.of(project).of(file).orElseThrow();
        }
        List<Setting> settings = new ArrayList<>();
        project.text(file)
                .ifPresent(text -> GroovyBlocks.of(file, text).stream()
                        .filter(setting -> !setting.profile().equals("test"))
                        .forEach(settings::add));
        int conf = file.folder().indexOf("grails-app");
        String folder = conf <= 0 ? "" : file.folder().substring(0, conf - 1);
        return new AppSettings(
                folder, file.place(), List.of(file), settings, project.view(Variables.class, Variables::of));
    }

    private static void one(AppSettings app, String prefix, SourceFile file, Project project, Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        Optional<PoolKind> kind = kind(app.folder(), modules);
        List<Setting> block = app.under(prefix + ".properties").stream()
                .sorted(Comparator.comparingInt(setting -> setting.origin().line()))
                .toList();
        Setting first = block.isEmpty() ? app.written(prefix + ".url").orElseThrow() : block.get(0);
        if (kind.isEmpty() || !first.file().equals(file)) {
            return;
        }
        PoolDraft pool = new PoolDraft(file.name() + "#" + prefix, kind.get().library(), file.place(), first.origin())
                .version(modules.version(
                        app.folder(),
                        kind.get().library(),
                        kind.get().artifacts().get(0)));
        app.text(prefix + ".url").ifPresent(pool::url);
        for (Setting setting : block) {
            String key = Setting.camel(BlockSettings.below(setting, prefix + ".properties"));
            if (kind.get().has(key)) {
                app.value(setting.key()).ifPresent(value -> pool.set(kind.get().spelled(key), value));
            } else if (!key.contains(".")) {
                facts.accept(idle(setting, key, kind.get(), pool.name(), modules.grails(app.folder()), file.place()));
            }
        }
        facts.accept(pool.fact());
    }

    private static IdleSetting idle(
            Setting setting, String key, PoolKind kind, String pool, Optional<Step> grails, Place place) {
        String who = kind == PoolKind.HIKARI ? ", the pool of Grails 7," : "";
        return new IdleSetting(
                key,
                setting.text(),
                kind.library(),
                pool,
                kind.title() + who + " has no " + key + " and keeps silent about it",
                PoolAdvice.instead(kind, key),
                grails.stream().toList(),
                place,
                setting.origin());
    }

    private static Optional<PoolKind> kind(String folder, JvmModules modules) {
        boolean hikari = modules.presence(folder, PoolKind.HIKARI.artifacts()) == Presence.HERE;
        boolean tomcat = modules.presence(folder, PoolKind.TOMCAT.artifacts()) == Presence.HERE;
        int major = modules.grailsMajor(folder);
        if (major >= 7) {
            return Optional.of(tomcat && !hikari ? PoolKind.TOMCAT : PoolKind.HIKARI);
        }
        if (tomcat || !hikari) {
            return Optional.of(PoolKind.TOMCAT);
        }
        return major > 0 ? Optional.of(PoolKind.HIKARI) : Optional.empty();
    }
}
