package dev.poolwright.scan.python;

import dev.poolwright.scan.python.Py.Arguments;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.External;
import dev.poolwright.scan.python.Py.Items;
import dev.poolwright.scan.python.Py.Made;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Map;
import java.util.Optional;

/** Ways to read the environment: the standard library's, python-decouple, environs, django-environ, Starlette's Config. */
final class EnvironmentLibraries {

    private static final Map<String, String> CASTS = Map.of(
            "int",
            "int",
            "float",
            "float",
            "bool",
            "bool",
            "str",
            "str",
            "__call__",
            "",
            "get_value",
            "",
            "get",
            "",
            "integer",
            "int",
            "string",
            "str");

    private final Evaluator evaluator;
    private final Surroundings surroundings;

    EnvironmentLibraries(Evaluator evaluator, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.surroundings = surroundings;
    }

    /** A call of a function from outside that reads a variable; empty where it is none. */
    Optional<Py> function(String dottedName, Arguments arguments, SyntaxNode call) {
        return switch (dottedName) {
            case "os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop" ->
                read(arguments, arguments.at(1, "default"), "", call);
            case "decouple.config" -> read(arguments, arguments.at(1, "default"), cast(arguments), call);
            default -> Optional.empty();
        };
    }

    /** A method of an object from outside that reads a variable; empty where it is none. */
    Optional<Py> method(Made made, String method, Arguments arguments, SyntaxNode call) {
        return switch (made.dottedName()) {
            case "environs.Env", "environ.Env", "environ.FileAwareEnv" -> env(made, method, arguments, call);
            case "starlette.config.Config", "decouple.Config", "decouple.AutoConfig" ->
                method.equals("__call__") || method.equals("get")
                        ? read(
                                arguments,
                                arguments.at(made.dottedName().startsWith("starlette") ? 2 : 1, "default"),
                                cast(arguments),
                                call)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Py> env(Made made, String method, Arguments arguments, SyntaxNode call) {
        String cast = CASTS.get(method);
        if (cast == null) {
            return Optional.empty();
        }
        boolean django = made.dottedName().startsWith("environ.");
        Py otherwise = arguments.at(django && method.equals("__call__") ? 2 : 1, "default");
        String named = cast(arguments);
        String scheme = "";
        if (django && otherwise instanceof Missing) { // Env(POOL_SIZE=(int, 5))
            Optional<String> name = Surroundings.name(evaluator.force(arguments.at(0, "var")));
            Py declared = evaluator.force(made.arguments().at(-1, name.orElse("")));
            if (declared instanceof Items items && items.items().size() == 2) {
                otherwise = items.items().get(1);
                scheme = type(evaluator.force(items.items().getFirst()));
            } else {
                scheme = type(declared);
            }
        }
        return read(arguments, otherwise, named.isEmpty() ? cast.isEmpty() ? scheme : cast : named, call);
    }

    private String cast(Arguments arguments) {
        return type(evaluator.force(arguments.at(-1, "cast")));
    }

    private static String type(Py value) {
        return value instanceof External type && type.dottedName().indexOf('.') < 0 ? type.dottedName() : "";
    }

    private Optional<Py> read(Arguments arguments, Py otherwise, String cast, SyntaxNode call) {
        Py key = evaluator.force(
                arguments.positional().isEmpty()
                        ? arguments.at(-1, "key")
                        : arguments.positional().getFirst());
        Optional<String> name = Surroundings.name(key);
        if (name.isEmpty()) {
            return Optional.of(Py.unknown("an environment variable whose name is not known", call));
        }
        Py value = surroundings.variable(name.get(), evaluator.force(otherwise), call);
        return Optional.of(Choices.each(
                value,
                one -> one instanceof Const known && !cast.isEmpty()
                        ? Operators.cast(cast, known.value())
                                .<Py>map(known::with)
                                .orElse(known)
                        : one));
    }
}
