package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.pool.Passwords;
import dev.poolwright.scan.jvm.pool.PoolDraft;
import dev.poolwright.scan.jvm.pool.PoolKind;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One expression that makes a pool, while it is read. */
final class JavaPool {

    private final Project project;
    private final JavaClass in;
    private final JavaValues values;
    private final SyntaxNode node;
    private final Optional<PoolKind> written;
    private final Optional<JavaMethod> method;
    private final SourceFile file;
    private Value<String> url = Value.unknown("", "");
    private WrittenPassword password = WrittenPassword.NONE;

    /** @param written the pool's class; empty where Boot chooses */
    JavaPool(Project project, JavaClass in, JavaValues values, SyntaxNode node, Optional<PoolKind> written) {
        this.project = project;
        this.in = in;
        this.values = values;
        this.node = node;
        this.written = written;
        this.method = in.around(node);
        this.file = in.file().file();
    }

    void read(Consumer<Fact> facts) {
        JvmModules modules = JvmModules.of(project);
        Optional<String> prefix = method.filter(one -> one.annotation("Bean").isPresent())
                .flatMap(one -> DataSourceBeans.prefix(one.annotations()));
        AppSettings app = application(prefix.orElse(SpringDataSource.PREFIX), modules);
        PoolKind kind =
                written.or(() -> new SpringDataSource(app, modules).kind()).orElse(PoolKind.HIKARI);
        PoolVariables variables = new PoolVariables(in, method, node, values.index());
        if (variables.isOnlyConfiguration()) {
            return;
        }
        Optional<Setting> configured = prefix.flatMap(under -> app.under(under).stream()
                .min(java.util.Comparator.comparingInt(
                        setting -> setting.origin().line())));
        PoolDraft pool = new PoolDraft(
                        configured
                                .map(setting -> setting.file().name() + "#" + prefix.orElse(""))
                                .orElseGet(() -> file.name() + "#" + variables.symbol()),
                        kind.library(),
                        file.place(),
                        configured.map(Setting::origin).orElseGet(node::origin))
                .runtime(SpringRuntime.blocking(app))
                .version(modules.version(
                        file.folder(), kind.library(), kind.artifacts().get(0)))
                .scope(variables.scope());
        bySetters(pool, kind, variables);
        byProperties(pool, kind, variables, app);
        prefix.ifPresent(under -> {
            BlockSettings.add(pool, kind, app, under);
            url(app, under);
        });
        byDataSourceProperties(app);
        if (!(url instanceof Value.Unknown<String>)) {
            pool.url(url);
        }
        boolean off = prefix.flatMap(under -> app.value(under + ".enabled"))
                .flatMap(Value::single)
                .filter(Boolean.FALSE::equals)
                .isPresent();
        if (off) {
            return;
        }
        boolean alternative =
                method.filter(one -> DataSourceBeans.conditional(in, one)).isPresent();
        if (alternative && pool.isBare() && url instanceof Value.Unknown<String>) {
            return; // stands in for another bean, and says nothing of the pool
        }
        facts.accept(pool.fact());
        url.single()
                .filter(text -> url.origin().file().equals(file.name()))
                .flatMap(JdbcUrl::of)
                .ifPresent(found -> facts.accept(found.fact(pool.name(), password, "", file.place(), url.origin())));
    }

    /** The configuration beside the class; else that of the only program built with it that writes the prefix. */
    private AppSettings application(String prefix, JvmModules modules) {
        AppSettings near = values.settings(in);
        if (!near.under(prefix).isEmpty()) {
            return near;
        }
        List<AppSettings> users = SpringProperties.of(project).all().stream()
                .filter(app -> !app.under(prefix).isEmpty() && modules.dependsOn(app.folder(), file.folder()))
                .toList();
        return users.size() == 1 ? users.get(0) : near;
    }

    private void bySetters(PoolDraft pool, PoolKind kind, PoolVariables variables) {
        for (PoolVariables.Holder holder : variables.holders()) {
            Setters.resolve(Setters.on(holder.name(), holder.within()), holder.owner(), values, (call, value) -> {
                switch (call.key()) {
                    case "jdbcUrl", "url" -> url = Values.map(value, String::valueOf);
                    case "password" -> password = written(value);
                    default -> pool.set(kind.spelled(call.key()), value);
                }
            });
        }
    }

    private WrittenPassword written(Value<Object> value) {
        Password how = value instanceof Value.Known<Object> known
                        && known.origin().file().equals(file.name())
                ? Passwords.of(String.valueOf(known.value()))
                : Password.REFERENCE;
        return new WrittenPassword(how, value.origin());
    }

    /** A configuration object that is itself a bean with properties bound to it. */
    private void byProperties(PoolDraft pool, PoolKind kind, PoolVariables variables, AppSettings app) {
        variables.configurationPrefix().ifPresent(prefix -> {
            BlockSettings.add(pool, kind, app, prefix);
            url(app, prefix);
        });
    }

    private void url(AppSettings app, String prefix) {
        for (String key : List.of(".jdbc-url", ".url")) {
            if (url instanceof Value.Unknown<String>) {
                app.text(prefix + key).ifPresent(text -> url = text);
            }
        }
    }

    /** {@code properties.initializeDataSourceBuilder()}: those of the bean that is asked for, else Boot's own. */
    private void byDataSourceProperties(AppSettings app) {
        if (node.text().contains("initializeDataSourceBuilder()") && url instanceof Value.Unknown<String>) {
            String prefix = in.methods().stream()
                    .filter(one -> one.returns().equals("DataSourceProperties"))
                    .filter(one ->
                            method.stream().anyMatch(user -> user.node().text().contains(one.name())))
                    .findFirst()
                    .flatMap(one -> DataSourceBeans.prefix(one.annotations()))
                    .orElse(SpringDataSource.PREFIX);
            url(app, prefix);
        }
        for (String name : List.of("url", "jdbcUrl")) {
            if (url instanceof Value.Unknown<String> && node.is("method_invocation")) {
                node.all("method_invocation")
                        .filter(call -> call.text("name").equals(name))
                        .flatMap(call -> Setters.arguments(call).stream())
                        .findFirst()
                        .ifPresent(argument -> url = Values.map(values.of(argument, in), String::valueOf));
            }
        }
    }
}
