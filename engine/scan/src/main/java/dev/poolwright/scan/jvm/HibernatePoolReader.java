package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.Passwords;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.scan.jvm.settings.FlatConfig;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Pools that Hibernate makes: {@code hibernate.c3p0.*} and {@code hibernate.hikari.*} in properties, cfg.xml and persistence.xml. */
final class HibernatePoolReader implements Reader {

    private static final Map<String, PoolKind> BLOCKS = Map.of(
            "hibernate.c3p0.",
            PoolKind.C3P0,
            "hibernate.hikari.",
            PoolKind.HIKARI,
            "hibernate.agroal.",
            PoolKind.AGROAL);

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                EnumSet.of(Language.PROPERTIES, Language.XML),
                "hibernate.c3p0",
                "hibernate.hikari",
                "hibernate.agroal");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        List<Setting> settings = new ArrayList<>();
        if (file.language() == Language.XML) {
            for (ConfigNode document : project.config(file)) {
                XmlProperties.add(document, file, settings, 0);
            }
        } else {
            settings.addAll(FlatConfig.of(project, file, ""));
        }
        BLOCKS.forEach((block, kind) -> one(block, kind, settings, file, project, facts));
    }

    private static void one(
            String block,
            PoolKind kind,
            List<Setting> settings,
            SourceFile file,
            Project project,
            Consumer<Fact> facts) {
        List<Setting> own = settings.stream()
                .filter(setting -> setting.key().contains(block))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        JvmModules modules = JvmModules.of(project);
        PoolDraft pool = new PoolDraft(
                        file.name() + "#" + block.substring(0, block.length() - 1),
                        kind.library(),
                        file.place(),
                        own.get(0).origin())
                .version(modules.version(file.folder(), kind.library()));
        for (Setting setting : own) {
            String key = setting.key().substring(setting.key().indexOf(block) + block.length());
            Optional<String> name = kind == PoolKind.C3P0
                    ? C3p0Settings.ofHibernate(key)
                    : Optional.of(kind.spelled(Setting.camel(key)));
            name.ifPresent(one -> pool.set(one, value(setting)));
        }
        Optional<Setting> url = settings.stream()
                .filter(setting -> setting.key()
                        .matches("(hibernate|jakarta.persistence|javax.persistence)\\.(connection|jdbc)\\.url"))
                .findFirst();
        url.ifPresent(setting -> pool.url(Value.known(setting.text(), setting.origin())));
        facts.accept(pool.fact());
        url.ifPresent(setting -> JdbcUrl.of(setting.text())
                .ifPresent(found ->
                        facts.accept(found.fact(pool.name(), password(settings), "", file.place(), setting.origin()))));
    }

    private static Value<Object> value(Setting setting) {
        return setting.text().contains("${")
                ? new Value.Unknown<>("a placeholder", "the value of " + setting.text(), setting.origin())
                : Value.known(Values.typed(setting.text()), setting.origin());
    }

    private static WrittenPassword password(List<Setting> settings) {
        String user = settings.stream()
                .filter(setting -> setting.key().endsWith("connection.username")
                        || setting.key().endsWith("jdbc.user"))
                .map(Setting::text)
                .findFirst()
                .orElse("");
        return settings.stream()
                .filter(setting -> setting.key().endsWith("connection.password")
                        || setting.key().endsWith("jdbc.password"))
                .map(setting -> new WrittenPassword(Passwords.of(setting.text(), user), setting.origin()))
                .findFirst()
                .orElse(WrittenPassword.NONE);
    }
}
