package dev.poolwright.scan.node;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Service.Stack;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One place where code makes a pool, while a reader gathers what is said of it. Not safe for several threads. */
final class PoolSite {

    private final Project project;
    private final NodeValues values;
    private final NodeModule module;
    private final SyntaxNode made;
    private final String library;
    private final Map<String, Value<Object>> settings = new LinkedHashMap<>();
    private Place place;
    private String driver = "";
    private String version = "";
    private Value<String> url;

    PoolSite(Project project, NodeValues values, NodeModule module, SyntaxNode made, String library) {
        this.project = project;
        this.values = values;
        this.module = module;
        this.made = made;
        this.library = library;
        this.place = NodePlaces.of(module.file());
        this.url = Value.unknown("the code does not say where the database is", "the environment it runs in");
    }

    PoolSite driver(String name) {
        this.driver = name;
        return this;
    }

    PoolSite version(String... packages) {
        this.version = NodeVersions.of(project).version(module.file(), packages);
        return this;
    }

    /** The version that the program around another file depends on, where that around its own says none. */
    PoolSite versionBeside(SourceFile other, String... packages) {
        if (version.isEmpty()) {
            this.version = NodeVersions.of(project).version(other, packages);
        }
        return this;
    }

    String version() {
        return version;
    }

    String name() {
        return module.file().name() + "#" + symbol(made);
    }

    /** Where it is counted, when that is not where its file stands. */
    void at(Place other) {
        this.place = other;
    }

    Place place() {
        return place;
    }

    NodeModule module() {
        return module;
    }

    SyntaxNode made() {
        return made;
    }

    /** Takes these keys of the options, as the library spells them. */
    PoolSite settings(Map<String, NodeOptions.Option> options, Set<String> keys) {
        options.forEach((key, option) -> {
            if (keys.contains(key)) {
                setting(key, values.of(option));
            }
        });
        return this;
    }

    /** A value; nothing where it is written as nothing. */
    PoolSite setting(String key, Value<Object> value) {
        boolean left =
                value instanceof Value.Unknown<Object> unknown && unknown.why().equals("not written");
        if (!left) {
            settings.put(key, NodeValues.numeric(value));
        }
        return this;
    }

    Map<String, Value<Object>> settings() {
        return settings;
    }

    PoolSite url(Value<Object> value) {
        this.url = NodeUrls.masked(value);
        return this;
    }

    /** Whether something is the URL of a database that is no server. */
    boolean isEmbedded() {
        return url.possible().stream().anyMatch(one -> one.matches("(file|sqlite|:memory:).*"));
    }

    /** A setting that is written and that the library does not read. */
    IdleSetting idle(String key, NodeOptions.Option option, String why, String effective) {
        return new IdleSetting(
                key,
                Texts.brief(option.value()),
                library,
                name(),
                why,
                effective,
                List.of(new Step(Texts.brief(made), made.origin())),
                place,
                option.key().origin());
    }

    /** Says the settings that are spelled as another library spells them, each with what is read instead. */
    void unread(
            Map<String, NodeOptions.Option> options, Map<String, String> foreign, String reads, Consumer<Fact> facts) {
        foreign.forEach((key, instead) -> {
            NodeOptions.Option option = options.get(key);
            if (option != null && !options.containsKey(instead)) {
                facts.accept(idle(key, option, reads + " has no option of this name", instead + " at its default"));
            }
        });
    }

    /** Takes the URL that is written under a key, if it is. */
    void urlFrom(NodeValues values, NodeOptions.@Nullable Option option, Consumer<Fact> facts) {
        if (option != null) {
            Value<Object> value = values.of(option);
            url(value);
            tellUrl(value, facts);
        }
    }

    /** Says the pool, its URL where that is written out, and whether each call makes another. */
    void tell(Consumer<Fact> facts) {
        tell(facts, Keeping.of(module, made));
    }

    void tell(Consumer<Fact> facts, Keeping keeping) {
        facts.accept(new DeclaredPool(
                name(),
                new Stack(NodeRuntimes.of(project).of(module.file()), library, version, driver, made.origin()),
                Value.known("", made.origin()),
                settings,
                url,
                keeping.scope(),
                place,
                made.origin()));
        if (keeping.scope() == Scope.CALL
                && !keeping.closed()
                && keeping.function().isPresent()) {
            SyntaxNode function = keeping.function().get();
            facts.accept(new CodeShape(
                    CodeShape.Shape.POOL_PER_CALL,
                    Functions.label(function),
                    Texts.brief(made),
                    name(),
                    Handlers.isHandler(module, function),
                    List.of(
                            new Step("function " + Functions.label(function), function.origin()),
                            new Step("pool made for each call, and neither kept nor closed", made.origin())),
                    place,
                    made.origin()));
        }
    }

    /** Says the URL that stands in the text, with its secrets taken out. */
    void tellUrl(Value<Object> written, Consumer<Fact> facts) {
        if (written instanceof Value.Known<Object> known && known.value() instanceof String text) {
            NodeUrls.fact(text, name(), place, known.origin()).ifPresent(facts);
        }
    }

    /** What the pool is kept under: a variable, a field, a function; else the file's own name. */
    static String symbol(SyntaxNode made) {
        SyntaxNode at = made;
        for (int i = 0; i < 40 && at.parent().isPresent(); i++) {
            SyntaxNode up = at.parent().get();
            switch (up.type()) {
                case "variable_declarator" -> {
                    return up.text("name").replaceAll("\\s+", "");
                }
                case "assignment_expression", "augmented_assignment_expression" -> {
                    String left = up.text("left").replaceAll("\\s+", "");
                    if (left.startsWith("this.")) {
                        return up.above("class_declaration", "class")
                                        .map(type -> type.text("name") + ".")
                                        .orElse("")
                                + left.substring(5);
                    }
                    return left.equals("module.exports") ? "exports" : left;
                }
                case "public_field_definition", "field_definition" -> {
                    String name = up.text("name") + up.text("property");
                    return up.above("class_declaration", "class")
                                    .map(type -> type.text("name") + ".")
                                    .orElse("")
                            + name;
                }
                case "return_statement" -> {
                    return Functions.around(up)
                            .map(Functions::label)
                            .filter(one -> !one.isEmpty())
                            .orElse("default");
                }
                case "export_statement" -> {
                    return "default";
                }
                case "class_declaration" -> {
                    return up.text("name");
                }
                default -> {}
            }
            at = up;
        }
        return Functions.around(made)
                .map(Functions::label)
                .filter(one -> !one.isEmpty())
                .orElse("default");
    }
}
