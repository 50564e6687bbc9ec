package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.Passwords;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.FlatConfig;
import dev.poolwright.scan.jvm.settings.Placeholders;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Pools as beans of Spring XML: {@code <bean class="…DataSource"><property name="maxTotal" value="…"/>}. */
final class SpringXmlReader implements Reader {

    private static final int MOST_FILES = 50;

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(
                Language.XML,
                "HikariDataSource",
                "HikariConfig",
                "BasicDataSource",
                "DruidDataSource",
                "ComboPooledDataSource",
                "tomcat.jdbc.pool.DataSource");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        for (ConfigNode document : project.config(file)) {
            beans(document, 0, bean -> one(bean, file, project, facts));
        }
    }

    private static void beans(ConfigNode node, int depth, Consumer<ConfigNode> take) {
        if (depth > 16) {
            return;
        }
        switch (node) {
            case ConfigNode.Entries entries ->
                entries.entries().forEach((name, below) -> {
                    for (ConfigNode one : XmlProperties.elements(below)) {
                        if (name.equals("bean")) {
                            take.accept(one);
                        }
                        beans(one, depth + 1, take);
                    }
                });
            case ConfigNode.Items items -> items.items().forEach(one -> beans(one, depth + 1, take));
            case ConfigNode.Scalar leaf -> {}
        }
    }

    private static void one(ConfigNode bean, SourceFile file, Project project, Consumer<Fact> facts) {
        String type = bean.text("@class");
        Optional<PoolKind> kind = PoolKind.ofClass(type);
        if (kind.isEmpty() || !type.contains(".") || bean.text("@abstract").equals("true")) {
            return;
        }
        String id = bean.text("@id").isEmpty() ? "dataSource" : bean.text("@id");
        List<Setting> own = new ArrayList<>();
        bean.at("property").stream()
                .flatMap(node -> XmlProperties.elements(node).stream())
                .forEach(node -> own.addAll(direct(node, file)));
        JvmModules modules = JvmModules.of(project);
        AppSettings app = properties(file, project, modules);
        PoolDraft pool = new PoolDraft(file.name() + "#" + id, kind.get().library(), file.place(), bean.origin())
                .version(modules.version(
                        file.folder(),
                        kind.get().library(),
                        kind.get().artifacts().get(0)));
        WrittenPassword password = WrittenPassword.NONE;
        Optional<Value<String>> url = Optional.empty();
        for (Setting setting : own) {
            String key = setting.key();
            Value<String> text = Placeholders.resolve(setting.text(), setting.origin(), app);
            if (key.equals("url") || key.equals("jdbcUrl")) {
                url = Optional.of(text);
            } else if (key.equals("password")) {
                password = new WrittenPassword(
                        setting.text().contains("${") ? Password.REFERENCE : Passwords.of(setting.text()),
                        setting.origin());
            } else if (kind.get().keysAreKnown() && !kind.get().has(key) && !key.contains(".")) {
                continue; // a bean with a property that its class does not have does not start
            }
            pool.set(kind.get().spelled(key), Values.map(text, Values::typed));
        }
        url.ifPresent(pool::url);
        facts.accept(pool.fact());
        WrittenPassword written = password;
        url.flatMap(Value::single)
                .flatMap(JdbcUrl::of)
                .ifPresent(found -> facts.accept(found.fact(pool.name(), written, "", file.place(), bean.origin())));
    }

    private static List<Setting> direct(ConfigNode property, SourceFile file) {
        List<Setting> one = new ArrayList<>();
        String name = property.text("@name");
        boolean nested = property.at("props").isPresent() || property.at("bean").isPresent();
        if (!nested && !name.isEmpty() && property.text("@ref").isEmpty()) {
            String attribute = property.text("@value");
            String text = attribute.isEmpty() ? property.text("value") : attribute;
            one.add(new Setting(name, text.strip(), "", file, property.origin()));
        }
        return one;
    }

    /** The properties files of the module that the placeholders can come from. */
    private static AppSettings properties(SourceFile file, Project project, JvmModules modules) {
        String module = modules.module(file.folder());
        List<Setting> settings = new ArrayList<>();
        int read = 0;
        for (SourceFile other : project.tree().files()) {
            boolean near = other.language() == Language.PROPERTIES
                    && other.place() == file.place()
                    && modules.module(other.folder()).equals(module)
                    && other.fileName()
                            .matches("(?i).*(jdbc|db|database|datasource|application|config|hibernate|pool).*");
            if (near && read++ < MOST_FILES) {
                settings.addAll(FlatConfig.of(project, other, ""));
            }
        }
        return new AppSettings(
                module, file.place(), List.of(file), settings, project.view(Variables.class, Variables::of));
    }
}
