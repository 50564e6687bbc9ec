package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaField;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a pool that is made goes: the variable that holds it, the one that holds its configuration, and who keeps it. */
final class PoolVariables {

    private final JavaIndex index;
    private final JavaClass in;
    private final Optional<JavaMethod> method;
    private final SyntaxNode node;
    private final String type;

    PoolVariables(JavaClass in, Optional<JavaMethod> method, SyntaxNode node, JavaIndex index) {
        this.index = index;
        this.in = in;
        this.method = method;
        this.node = node;
        String written = node.text("type");
        this.type = written.substring(written.lastIndexOf('.') + 1);
    }

    /** A variable on which setters are called, and where. */
    record Holder(String name, SyntaxNode within, JavaClass owner) {}

    /** The variables of the pool and of its configuration. */
    List<Holder> holders() {
        List<Holder> holders = new ArrayList<>();
        Setters.arguments(node).stream().findFirst().ifPresent(argument -> configuration(argument, holders, 0));
        variable().ifPresent(name -> {
            holders.add(new Holder(name, region(name), in));
            uses(name).forEach(use -> handedOn(use, holders));
        });
        handedOn(node, holders);
        return holders;
    }

    /** What is handed to a method of this tree that sets it up: {@code properties.dataSource(pool)}. */
    private void handedOn(SyntaxNode use, List<Holder> holders) {
        Optional<SyntaxNode> call = call(use).filter(one -> one.is("method_invocation"));
        if (call.isEmpty()) {
            return;
        }
        int position = Setters.arguments(call.get()).indexOf(use);
        Optional<JavaClass> owner = owner(call.get().text("object").replace("this.", ""));
        owner.stream()
                .flatMap(of -> of.methods(call.get().text("name")).stream()
                        .filter(one -> position >= 0 && one.parameters().size() > position)
                        .limit(1)
                        .map(one -> new Holder(one.parameters().get(position).name(), one.node(), of)))
                .forEach(holders::add);
    }

    /** The class of what a method is called on. */
    private Optional<JavaClass> owner(String object) {
        if (object.isEmpty()) {
            return Optional.of(in);
        }
        Optional<String> type = method.stream()
                .flatMap(one -> one.parameters().stream())
                .filter(one -> one.name().equals(object))
                .map(JavaMethod.Parameter::type)
                .findFirst()
                .or(() -> in.field(object).map(JavaField::type));
        return type.or(() -> Optional.of(object).filter(name -> name.matches("[A-Z]\\w*")))
                .flatMap(name -> index.resolve(name, in.file()));
    }

    /** Follows a configuration to where it is made: a local variable, a field, or a method of the same class. */
    private void configuration(SyntaxNode argument, List<Holder> holders, int depth) {
        if (depth > 4) {
            return;
        }
        if (argument.is("identifier", "field_access")) {
            String name = argument.text().replace("this.", "");
            holders.add(new Holder(name, region(name), in));
            declared(name).ifPresent(value -> configuration(value, holders, depth + 1));
        } else if (argument.is("method_invocation")) {
            String called = argument.text("name");
            boolean own =
                    argument.text("object").isEmpty() || argument.text("object").equals("this");
            if (own) {
                in.methods(called).stream()
                        .limit(1)
                        .forEach(made -> made.body()
                                .ifPresent(body -> body.all("variable_declarator")
                                        .filter(PoolVariables::makesConfiguration)
                                        .forEach(one -> holders.add(new Holder(one.text("name"), body, in)))));
            }
        }
    }

    private static boolean makesConfiguration(SyntaxNode declarator) {
        return declarator
                .child("value")
                .filter(value -> value.is("object_creation_expression"))
                .map(value -> value.text("type"))
                .filter(name -> JavaPoolReader.CONFIGURATION_ONLY.stream().anyMatch(name::endsWith))
                .isPresent();
    }

    private Optional<SyntaxNode> declared(String name) {
        return method.flatMap(JavaMethod::body)
                .flatMap(body -> body.all("variable_declarator")
                        .filter(one -> one.text("name").equals(name))
                        .findFirst())
                .flatMap(one -> one.child("value"));
    }

    /** Where a variable is known: its method, or the class for a field. */
    private SyntaxNode region(String name) {
        boolean local = method.flatMap(JavaMethod::body)
                .map(body -> body.all("variable_declarator", "resource")
                        .anyMatch(one -> one.text("name").equals(name)))
                .orElse(false);
        boolean parameter = method.stream()
                .flatMap(one -> one.parameters().stream())
                .anyMatch(one -> one.name().equals(name));
        return local || parameter ? method.map(JavaMethod::node).orElse(in.node()) : in.node();
    }

    /** The variable or field that takes what is made. */
    private Optional<String> variable() {
        SyntaxNode at = node;
        while (at.parent()
                .filter(up -> up.is("parenthesized_expression", "cast_expression"))
                .isPresent()) {
            at = at.parent().orElseThrow();
        }
        Optional<SyntaxNode> parent = at.parent();
        if (parent.filter(up -> up.is("variable_declarator", "resource")).isPresent()) {
            return parent.map(up -> up.text("name"));
        }
        return parent.filter(up -> up.is("assignment_expression"))
                .map(up -> up.text("left").replace("this.", ""));
    }

    /** How the pool is called: the bean, the field, or the method that makes it. */
    String symbol() {
        if (method.filter(one -> one.annotation("Bean").isPresent()).isPresent()) {
            return method.get().name();
        }
        Optional<String> field = variable().filter(name -> in.field(name).isPresent());
        return field.or(() -> method.map(JavaMethod::name)).orElse(in.name());
    }

    /** A configuration object is a pool only where it is handed to something of this program that makes one. */
    boolean isOnlyConfiguration() {
        if (!JavaPoolReader.CONFIGURATION_ONLY.contains(type)) {
            return isForeign();
        }
        Optional<String> name = variable();
        if (name.isEmpty() || method.isEmpty() || in.field(name.get()).isPresent()) {
            return true;
        }
        return method.get()
                .node()
                .all("identifier")
                .filter(one -> one.text().equals(name.get()))
                .noneMatch(PoolVariables::isHandedOver);
    }

    private static boolean isHandedOver(SyntaxNode use) {
        Optional<SyntaxNode> call =
                use.parent().filter(list -> list.is("argument_list")).flatMap(SyntaxNode::parent);
        return call.filter(one -> one.is("method_invocation"))
                .filter(one -> one.text("name").matches("(?i).*(create|build|make|new|open|pool|datasource).*"))
                .isPresent();
    }

    /** {@code new HikariDataSource(config)} of a configuration that somebody else passes in: the pool is theirs. */
    private boolean isForeign() {
        boolean bean = method.filter(one -> one.annotation("Bean").isPresent()).isPresent();
        Optional<SyntaxNode> argument = Setters.arguments(node).stream().findFirst();
        boolean passed = argument.filter(one -> one.is("identifier"))
                .map(SyntaxNode::text)
                .map(name -> method.stream()
                        .flatMap(one -> one.parameters().stream())
                        .anyMatch(one -> one.name().equals(name) && one.type().endsWith("HikariConfig")))
                .orElse(false);
        return passed && !bean;
    }

    /** The prefix of the properties that are bound to the configuration bean that is taken. */
    Optional<String> configurationPrefix() {
        Optional<SyntaxNode> argument = Setters.arguments(node).stream().findFirst();
        if (argument.isEmpty()) {
            return Optional.empty();
        }
        String name = argument.get().is("method_invocation")
                ? argument.get().text("name")
                : argument.get().text().replace("this.", "");
        List<JavaMethod> configurations = in.methods().stream()
                .filter(one ->
                        one.annotation("Bean").isPresent() && one.returns().endsWith("HikariConfig"))
                .toList();
        Optional<JavaMethod> named =
                configurations.stream().filter(one -> one.name().equals(name)).findFirst();
        boolean parameter = argument.get().is("identifier") && configurations.size() == 1;
        return named.or(() -> parameter ? Optional.of(configurations.get(0)) : Optional.empty())
                .flatMap(one -> DataSourceBeans.prefix(one.annotations()));
    }

    /** Who keeps what is made. */
    Scope scope() {
        if (method.isEmpty() || startsProgram(method.get())) {
            return Scope.PROCESS;
        }
        if (node.above("lambda_expression")
                .flatMap(lambda -> lambda.above("method_invocation"))
                .filter(call -> call.text("name").matches("computeIfAbsent|get|compute"))
                .isPresent()) {
            return Scope.KEY;
        }
        Optional<String> name = variable();
        if (name.flatMap(in::field).isPresent()) {
            return Scope.PROCESS;
        }
        if (name.isEmpty()) {
            return unnamed();
        }
        String variable = name.get();
        boolean keyed = uses(variable).stream()
                .anyMatch(use -> call(use)
                        .filter(one -> one.text("name").matches("put|putIfAbsent"))
                        .isPresent());
        boolean escapes = uses(variable).stream().anyMatch(use -> escapes(use, variable));
        return keyed ? Scope.KEY : escapes ? byCallers(variable) : Scope.CALL;
    }

    /** A method that only returns it leaves it to its callers; where all of them are in this class, they tell. */
    private Scope byCallers(String variable) {
        boolean onlyReturned = uses(variable).stream()
                .filter(use -> escapes(use, variable))
                .allMatch(use ->
                        use.parent().filter(up -> up.is("return_statement")).isPresent());
        boolean hidden = method.filter(one -> one.node()
                        .first("modifiers")
                        .map(SyntaxNode::text)
                        .orElse("")
                        .contains("private"))
                .isPresent();
        if (!onlyReturned || !hidden) {
            return byName();
        }
        List<SyntaxNode> calls = in.node()
                .all("method_invocation")
                .filter(call ->
                        call.text("name").equals(method.map(JavaMethod::name).orElse("")))
                .toList();
        boolean all = !calls.isEmpty()
                && calls.stream()
                        .allMatch(call -> new PoolVariables(in, in.around(call), call, index).scope() == Scope.CALL);
        return all ? Scope.CALL : byName();
    }

    private Scope unnamed() {
        Optional<SyntaxNode> parent = node.parent();
        boolean chained = parent.filter(
                        up -> up.is("method_invocation") && up.text("name").equals("getConnection"))
                .isPresent();
        boolean put = node.above("method_invocation")
                .filter(call -> call.text("name").matches("put|putIfAbsent"))
                .isPresent();
        return chained ? Scope.CALL : put ? Scope.KEY : byName();
    }

    /** A factory says by its names whether it makes one for each tenant or route. */
    private Scope byName() {
        String names = in.name() + " "
                + method.map(one -> one.name() + " " + one.parameters()).orElse("");
        return names.toLowerCase(Locale.ROOT).matches("(?s).*(tenant|pershard|routing).*") ? Scope.KEY : Scope.PROCESS;
    }

    private List<SyntaxNode> uses(String variable) {
        return method.map(one -> one.node()
                        .all("identifier")
                        .filter(use -> use.text().equals(variable))
                        .filter(use -> use.parent()
                                .filter(up -> up.is("variable_declarator", "resource")
                                        && use.field().equals("name"))
                                .isEmpty())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<SyntaxNode> call(SyntaxNode use) {
        return use.parent().filter(list -> list.is("argument_list")).flatMap(SyntaxNode::parent);
    }

    /** Returned, stored, or handed to something that may keep it. */
    private static boolean escapes(SyntaxNode use, String variable) {
        Optional<SyntaxNode> parent = use.parent();
        if (parent.isEmpty()) {
            return true;
        }
        return switch (parent.get().type()) {
            case "return_statement",
                    "assignment_expression",
                    "argument_list",
                    "variable_declarator",
                    "lambda_expression",
                    "method_reference",
                    "array_initializer",
                    "ternary_expression",
                    "cast_expression" -> true;
            case "method_invocation" -> !parent.get().text("object").equals(variable);
            default -> false;
        };
    }

    /** Runs once: a constructor, a bean, what starts the program. */
    private static boolean startsProgram(JavaMethod method) {
        boolean constructor = method.returns().isEmpty();
        boolean named = List.of("main", "afterPropertiesSet", "start", "init", "contextInitialized", "run")
                .contains(method.name());
        boolean annotated = method.annotation(
                        "Bean",
                        "PostConstruct",
                        "Singleton",
                        "Provides",
                        "Produces",
                        "BeforeAll",
                        "BeforeClass",
                        "ApplicationScoped")
                .isPresent();
        return constructor || named || annotated;
    }
}
