package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.infra.Variables;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.Py.Const;
import dev.poolwright.scan.python.Py.Missing;
import dev.poolwright.scan.python.Py.Option;
import dev.poolwright.scan.python.Py.Unknown;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a program sees of environment variables: what manifests set, and else what its code takes. */
final class Surroundings {

    /** Stands for the code's default while the manifests are asked. */
    private static final String CODE = "\u0000the code's default";

    private final Project project;

    Surroundings(Project project) {
        this.project = project;
    }

    /**
     * The value of a variable.
     *
     * @param otherwise what the code takes when it is not set; {@link Missing} where it takes nothing
     * @param use where it is read
     */
    Py variable(String name, Py otherwise, SyntaxNode use) {
        Value<String> set = project.file(use.source().file())
                .map(file -> project.view(Variables.class, Variables::of)
                        .orDefault(name, Value.known(CODE, use.origin()), file))
                .orElse(Value.known(CODE, use.origin()));
        return converted(set, name, defaulted(name, otherwise, use), use);
    }

    /** The first of several names that a manifest sets, else the default under the first name. */
    Py variable(List<String> names, Py otherwise, SyntaxNode use) {
        for (String name : names) {
            boolean set = project.file(use.source().file())
                    .flatMap(
                            file -> project.view(Variables.class, Variables::of).set(name, file))
                    .isPresent();
            if (set) {
                return variable(name, otherwise, use);
            }
        }
        return defaulted(names.getFirst(), otherwise, use);
    }

    private static Py defaulted(String name, Py otherwise, SyntaxNode use) {
        return Choices.each(otherwise, one -> switch (one) {
            case Const known ->
                known.isNone()
                        ? unset(name, use)
                        : known.loose().then(new Step("environment variable " + name + " not set", use.origin()));
            case Missing ignored -> unset(name, use);
            default -> one;
        });
    }

    private static Unknown unset(String name, SyntaxNode use) {
        return new Unknown(
                "environment variable " + name + ", which nothing in the tree sets",
                "the value of " + name + " where it runs",
                use.origin(),
                name);
    }

    private static Py converted(Value<String> value, String name, Py code, SyntaxNode use) {
        return switch (value) {
            case Value.Known<String> known -> {
                if (known.value().equals(CODE)) {
                    yield code;
                }
                List<Step> trail = new ArrayList<>(known.trail());
                trail.add(new Step("environment variable " + name, use.origin()));
                yield new Const(known.value(), known.origin(), trail, false);
            }
            case Value.OneOf<String> oneOf -> {
                List<Option> options = new ArrayList<>();
                for (Value.Case<String> one : oneOf.cases()) {
                    options.add(new Option(one.condition(), converted(one.value(), name, code, use)));
                }
                yield Choices.of(options);
            }
            case Value.Unknown<String> unknown -> new Unknown(unknown.why(), unknown.settledBy(), unknown.origin(), "");
            case Value.Default<String> ignored -> code;
            case Value.Between<String> ignored -> code;
        };
    }

    /** The name of a variable that is written as a constant; empty otherwise. */
    static Optional<String> name(Py value) {
        return value instanceof Const known && known.value() instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }
}
