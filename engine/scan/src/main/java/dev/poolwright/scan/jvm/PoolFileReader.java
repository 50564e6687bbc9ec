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
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Files that a pool reads by itself: {@code hikari.properties}, {@code c3p0.properties}, {@code c3p0-config.xml}. */
final class PoolFileReader implements Reader {

    private static final Pattern NAME = Pattern.compile(
            "(hikari[\\w.-]*\\.properties|[\\w.-]*hikari\\.properties|c3p0\\.properties|c3p0-config\\.xml)");

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return new Interest(
                EnumSet.of(Language.PROPERTIES, Language.XML),
                file -> NAME.matcher(file.fileName()).matches(),
                List.of());
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        boolean c3p0 = file.fileName().startsWith("c3p0");
        List<Setting> settings = new ArrayList<>();
        if (file.language() == Language.XML) {
            for (ConfigNode document : project.config(file)) {
                document.at("c3p0-config", "default-config")
                        .ifPresent(block -> XmlProperties.add(block, file, settings, 0));
            }
        } else {
            settings.addAll(FlatConfig.of(project, file, ""));
        }
        one(c3p0 ? PoolKind.C3P0 : PoolKind.HIKARI, settings, file, project, facts);
    }

    private static void one(
            PoolKind kind, List<Setting> settings, SourceFile file, Project project, Consumer<Fact> facts) {
        if (settings.isEmpty()) {
            return;
        }
        PoolDraft pool = new PoolDraft(
                        file.name() + "#" + kind.library(),
                        kind.library(),
                        file.place(),
                        settings.get(0).origin())
                .version(JvmModules.of(project).version(file.folder(), kind.library()));
        WrittenPassword password = WrittenPassword.NONE;
        boolean known = false;
        for (Setting setting : settings) {
            String key = setting.key().startsWith("c3p0.") ? setting.key().substring(5) : setting.key();
            Value<Object> value = setting.text().contains("${")
                    ? new Value.Unknown<>("a placeholder", "the value of " + setting.text(), setting.origin())
                    : Value.known(Values.typed(setting.text()), setting.origin());
            known |= kind.has(key) || key.startsWith("dataSource.");
            if (key.endsWith("password")) {
                password = new WrittenPassword(Passwords.of(setting.text()), setting.origin());
            } else if (kind.has(key) || key.startsWith("dataSource.")) {
                pool.set(kind.spelled(key), value);
            }
        }
        if (!known) {
            return;
        }
        WrittenPassword written = password;
        settings.stream()
                .filter(setting -> setting.key().matches("(c3p0\\.)?jdbcUrl|dataSource\\.url"))
                .findFirst()
                .ifPresent(setting -> {
                    pool.url(Value.known(setting.text(), setting.origin()));
                    JdbcUrl.of(setting.text())
                            .ifPresent(found ->
                                    facts.accept(found.fact(pool.name(), written, "", file.place(), setting.origin())));
                });
        facts.accept(pool.fact());
    }
}
