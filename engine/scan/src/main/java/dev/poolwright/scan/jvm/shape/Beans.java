package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which method of this tree a call runs. Safe for several threads. */
final class Beans {

    private static final int MOST_PARENTS = 4;
    private static final int MOST_IMPLEMENTATIONS = 3;

    private final JavaIndex index;
    private final Types types;
    private final Implementations implementations;
    private final Relevance relevance;
    private final ConcurrentHashMap<JavaClass, List<JavaClass>> known = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, Boolean> relevantFiles = new ConcurrentHashMap<>();

    private Beans(JavaIndex index) {
        this.index = index;
        this.types = Types.of(index);
        this.implementations = Implementations.of(index.project());
        this.relevance = Relevance.of(index.project());
    }

    static Beans of(JavaIndex index) {
        return index.project().view(Beans.class, project -> new Beans(index));
    }

    Types types() {
        return types;
    }

    /**
     * @param proxied whether the call goes through another object, so that annotations count
     * @param only whether it can be no other method
     */
    record Target(JavaClass owner, JavaMethod method, boolean proxied, boolean only) {}

    /** As {@link #targets}, but only those that may wait or begin a transaction, by the text of their files. */
    List<Target> relevantTargets(SyntaxNode call, JavaClass in) {
        boolean known = call.child("object")
                .filter(object -> object.is("identifier", "field_access"))
                .flatMap(object -> types.of(object, in))
                .filter(Types.Declared::field)
                .flatMap(this::fileOf)
                .filter(file -> !isRelevant(file))
                .isPresent();
        return known ? List.of() : targets(call, in);
    }

    /** Whether the text of a type's file can declare a client of HTTP. */
    boolean canBeRemote(Types.Declared type) {
        return fileOf(type).map(file -> relevance.reaches(file, 0)).orElse(true);
    }

    /** The file of a type that is imported by its name or stands beside its user; empty where it takes more to tell. */
    private Optional<SourceFile> fileOf(Types.Declared type) {
        String simple = JavaFile.plain(type.type());
        SourceFile user = type.file().file();
        Optional<String> imported = type.file().imported(simple);
        return imported.isPresent()
                ? index.fileOf(imported.get(), user)
                : index.named(simple + ".java").stream()
                        .filter(file -> file.folder().equals(user.folder()))
                        .findFirst();
    }

    private boolean isRelevant(SourceFile file) {
        Boolean relevant = relevantFiles.get(file.name());
        if (relevant == null) {
            String type = file.fileName().replace(".java", "");
            relevant = relevance.reaches(file, 1)
                    || (relevance.isOpen(file)
                            && implementations.of(type, file.folder().replace('/', '.'), file).stream()
                                    .anyMatch(one -> relevance.reaches(one, 1)));
            relevantFiles.put(file.name(), relevant);
        }
        return relevant;
    }

    /** The methods that a call can run; none where it leaves the tree. */
    List<Target> targets(SyntaxNode call, JavaClass in) {
        if (!call.is("method_invocation")) {
            return List.of();
        }
        String object = call.text("object");
        if (object.isEmpty() || object.equals("this") || object.equals("super")) {
            return own(call, in);
        }
        Optional<JavaClass> type = call.child("object").flatMap(one -> typeOf(one, in));
        return type.map(of -> through(call, of)).orElse(List.of());
    }

    private List<Target> own(SyntaxNode call, JavaClass in) {
        JavaClass at = in;
        for (int i = 0; i < MOST_PARENTS; i++) {
            Optional<JavaMethod> method =
                    method(call, at).filter(one -> one.body().isPresent());
            if (method.isPresent()) {
                return List.of(new Target(at, method.get(), false, true));
            }
            Optional<JavaClass> parent =
                    at.parent().isEmpty() ? Optional.empty() : index.resolve(at.parent(), at.file());
            if (parent.isEmpty() || parent.get() == at) {
                break;
            }
            at = parent.get();
        }
        return List.of();
    }

    private List<Target> through(SyntaxNode call, JavaClass type) {
        List<JavaClass> classes = classes(type);
        List<Target> targets = new ArrayList<>();
        for (JavaClass one : classes) {
            List<JavaMethod> methods = methods(call, one);
            boolean only = classes.size() == 1 && methods.size() == 1;
            methods.forEach(method -> targets.add(new Target(one, method, true, only)));
        }
        return targets;
    }

    /** Those that take as many arguments; which of them it is, only their types would tell. */
    private static List<JavaMethod> methods(SyntaxNode call, JavaClass in) {
        int arguments = Calls.arguments(call).size();
        return in.methods(call.text("name")).stream()
                .filter(one -> one.parameters().size() == arguments)
                .toList();
    }

    private static Optional<JavaMethod> method(SyntaxNode call, JavaClass in) {
        return methods(call, in).stream().findFirst();
    }

    /** The class of this tree that an expression has: an injected field, or what a locator of the tree returns. */
    Optional<JavaClass> typeOf(SyntaxNode expression, JavaClass in) {
        if (expression.is("method_invocation")) {
            return returned(expression, in);
        }
        return types.of(expression, in)
                .filter(Types.Declared::field)
                .flatMap(declared -> index.resolve(declared.type(), declared.file()));
    }

    /** {@code Context.getOrderService()}, {@code context.getBean(OrderService.class)}, {@code orderService()}. */
    private Optional<JavaClass> returned(SyntaxNode call, JavaClass in) {
        List<SyntaxNode> arguments = Calls.arguments(call);
        if (call.text("name").equals("getBean")) {
            return arguments.stream()
                    .filter(one -> one.is("class_literal"))
                    .findFirst()
                    .flatMap(one -> index.resolve(one.text().replace(".class", ""), in.file()));
        }
        String object = call.text("object");
        Optional<JavaClass> owner = object.isEmpty() || object.equals("this")
                ? Optional.of(in)
                : object.matches("[A-Z]\\w*") ? index.resolve(object, in.file()) : Optional.empty();
        return owner.flatMap(of -> method(call, of)
                .filter(method -> call.text("name").startsWith("get")
                        && method.parameters().isEmpty())
                .flatMap(method -> index.resolve(method.returns(), of.file())));
    }

    /** A class itself; what implements an interface or extends an abstract class; the interface where nothing here does. */
    List<JavaClass> classes(JavaClass type) {
        boolean concrete = !type.node().is("interface_declaration") && !isAbstract(type);
        if (concrete) {
            return List.of(type);
        }
        List<JavaClass> found = known.get(type);
        if (found == null) {
            found = Stream.concat(
                            Stream.of(type.file().file()),
                            implementations
                                    .of(
                                            type.name(),
                                            type.file().packageName(),
                                            type.file().file())
                                    .stream())
                    .flatMap(file -> index.file(file).stream())
                    .flatMap(file -> file.classes().stream())
                    .filter(one ->
                            names(one.interfaces(), type.name()) || one.parent().equals(type.name()))
                    .filter(one -> one.file().file().place() != Place.TEST && !isAbstract(one))
                    .limit(MOST_IMPLEMENTATIONS)
                    .toList();
            known.put(type, found);
        }
        return found.isEmpty() ? List.of(type) : found;
    }

    private static boolean names(String interfaces, String name) {
        return interfaces.matches("(?s).*\\b" + name + "\\b.*");
    }

    private static boolean isAbstract(JavaClass type) {
        return type.node().first("modifiers").map(SyntaxNode::text).orElse("").contains("abstract");
    }
}
