package dev.poolwright.scan.jvm.source;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.SpringProperties;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Properties that are bound to classes by {@code @ConfigurationProperties} and read through getters. */
final class JavaProperties {

    private static final int MOST_GETTERS = 6;

    private final JavaIndex index;

    JavaProperties(JavaIndex index) {
        this.index = index;
    }

    /**
     * A property that code reads.
     *
     * @param field that holds it, where it is one of this tree
     * @param owner the class of that field
     */
    record Read(String key, Optional<JavaField> field, JavaClass owner) {}

    /** A value of some class of this tree that properties are bound to. */
    private record Bound(String prefix, JavaClass type) {}

    /** The configuration that counts for a class: its module's, or one of the whole tree where only one is there. */
    AppSettings settings(JavaClass of) {
        Project project = index.project();
        SpringProperties all = SpringProperties.of(project);
        return all.near(of.file().file())
                .or(() -> all.all().size() == 1 ? Optional.of(all.all().get(0)) : Optional.empty())
                .orElseGet(() -> new AppSettings(
                        "",
                        Place.MAIN,
                        List.of(of.file().file()),
                        List.of(),
                        project.view(Variables.class, Variables::of)));
    }

    /** The prefix that a class is bound with; nested classes have that of the class around them and their field there. */
    Optional<String> prefix(JavaClass of) {
        Optional<String> own = of.annotation("ConfigurationProperties", "ConfigMapping")
                .map(annotation -> annotation.text("prefix", "value"))
                .filter(prefix -> !prefix.isEmpty());
        if (own.isPresent()) {
            return own;
        }
        return JavaIndex.outer(of)
                .flatMap(outer -> prefix(outer)
                        .flatMap(prefix -> outer.fields().stream()
                                .filter(field -> JavaFile.plain(field.type()).equals(of.name()))
                                .findFirst()
                                .map(field -> prefix + "." + field.name())));
    }

    /** The property behind {@code properties.getPool().getMaxSize()} or {@code properties.pool().maxSize()}. */
    Optional<Read> read(SyntaxNode node, JavaClass in) {
        String name = property(node);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return node.child("object")
                .flatMap(object -> bound(object, in, 0))
                .map(owner -> new Read(owner.prefix() + "." + name, owner.type().field(name), owner.type()));
    }

    private Optional<Bound> bound(SyntaxNode node, JavaClass in, int depth) {
        if (depth > MOST_GETTERS) {
            return Optional.empty();
        }
        if (node.is("method_invocation", "field_access")) {
            String name = property(node);
            Optional<SyntaxNode> object = node.child("object");
            if (object.isPresent() && object.get().is("this")) {
                return type(name, node, in).flatMap(this::ofType);
            }
            Optional<Bound> outer = object.flatMap(below -> bound(below, in, depth + 1));
            return outer.flatMap(above -> above.type()
                    .field(name)
                    .flatMap(field -> index.resolve(field.type(), above.type().file()))
                    .map(type -> new Bound(above.prefix() + "." + name, type)));
        }
        return node.is("identifier") ? type(node.text(), node, in).flatMap(this::ofType) : Optional.empty();
    }

    private Optional<Bound> ofType(JavaClass type) {
        return prefix(type).map(prefix -> new Bound(prefix, type));
    }

    /** The class of a variable, parameter or field. */
    private Optional<JavaClass> type(String name, SyntaxNode at, JavaClass in) {
        Optional<String> parameter = in.around(at)
                .flatMap(method -> method.parameters().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst())
                .map(JavaMethod.Parameter::type);
        return parameter
                .or(() -> index.field(name, in).map(found -> found.field().type()))
                .flatMap(type -> index.resolve(type, in.file()));
    }

    private static String property(SyntaxNode node) {
        String name = node.is("method_invocation") ? node.text("name") : node.text("field");
        if (node.is("method_invocation")
                && node.child("arguments")
                        .map(list -> !list.children().isEmpty())
                        .orElse(false)) {
            return "";
        }
        for (String start : List.of("get", "is")) {
            int length = start.length();
            if (name.startsWith(start) && name.length() > length && Character.isUpperCase(name.charAt(length))) {
                return name.substring(length, length + 1).toLowerCase(Locale.ROOT) + name.substring(length + 1);
            }
        }
        return name;
    }
}
