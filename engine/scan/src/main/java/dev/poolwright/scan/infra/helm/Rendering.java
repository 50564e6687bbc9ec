package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import dev.poolwright.scan.infra.helm.Piece.Command;
import dev.poolwright.scan.infra.helm.Piece.Operand;
import dev.poolwright.scan.infra.helm.Piece.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one template with its values. An expression that cannot be resolved becomes {@link Data#UNRESOLVED_MARK}; a condition
 * that cannot be resolved is taken to hold. Not safe for several threads.
 */
final class Rendering {

    private static final int MOST_STEPS = 400_000;
    private static final int MOST_CHARACTERS = 2_000_000;
    private static final int DEEPEST = 60;

    private final Map<String, List<Piece>> definitions;
    private final ConfigNode root;
    private final Marks marks;
    private int steps;
    private int depth;

    Rendering(Map<String, List<Piece>> definitions, ConfigNode root, Marks marks) {
        this.definitions = definitions;
        this.root = root;
        this.marks = marks;
    }

    /** Text, and for each of its lines the line of the template that wrote it. */
    static final class Sheet {

        final StringBuilder text = new StringBuilder();
        final List<Integer> lines = new ArrayList<>(List.of(1));
        private String pending = "";

        /** @param counts whether line ends in the text are line ends of the template */
        void write(String written, int line, boolean counts) {
            int at = line;
            if (!written.isEmpty() && (text.isEmpty() || text.charAt(text.length() - 1) == '\n')) {
                lines.set(lines.size() - 1, at);
            }
            for (int i = 0; i < written.length(); i++) {
                char one = written.charAt(i);
                if (one == '\n') {
                    text.append(pending);
                    pending = "";
                    at += counts ? 1 : 0;
                    lines.add(at);
                }
                text.append(one);
            }
        }

        void mark(String mark) {
            pending = pending.isEmpty() ? mark : pending;
        }

        String finished() {
            return text.toString();
        }

        /** The mark of the last line, which has no end that it could stand before. */
        String left() {
            return pending;
        }
    }

    /** What names mean inside of a block. */
    private static final class Scope {

        private final Scope outer;
        private final Map<String, ConfigNode> variables = new HashMap<>();
        private final ConfigNode dot;
        private final boolean outermost;

        Scope(ConfigNode dot) {
            this.outer = this;
            this.outermost = true;
            this.dot = dot;
        }

        Scope(Scope outer, ConfigNode dot) {
            this.outer = outer;
            this.outermost = false;
            this.dot = dot;
        }

        ConfigNode get(String name) {
            ConfigNode found = variables.get(name);
            return found != null ? found : outermost ? Data.NIL : outer.get(name);
        }

        void set(String name, ConfigNode value) {
            Scope owner = this;
            while (!owner.variables.containsKey(name) && !owner.outermost) {
                owner = owner.outer;
            }
            (owner.variables.containsKey(name) ? owner : this).variables.put(name, value);
        }
    }

    Sheet write(List<Piece> pieces, ConfigNode dot) throws UnreadableTemplate {
        Sheet sheet = new Sheet();
        Scope scope = new Scope(dot);
        scope.set("", dot);
        write(pieces, scope, sheet);
        return sheet;
    }

    private void step() throws UnreadableTemplate {
        if (++steps > MOST_STEPS) {
            throw new UnreadableTemplate("more than " + MOST_STEPS + " steps");
        }
    }

    private void write(List<Piece> pieces, Scope scope, Sheet sheet) throws UnreadableTemplate {
        if (sheet.text.length() > MOST_CHARACTERS || ++depth > DEEPEST) {
            throw new UnreadableTemplate("larger than " + MOST_CHARACTERS + " characters or " + DEEPEST + " levels");
        }
        for (Piece piece : pieces) {
            step();
            switch (piece) {
                case Piece.Text text -> sheet.write(text.text(), text.line(), true);
                case Piece.Output output -> {
                    ConfigNode value = value(output.pipeline(), scope);
                    if (value instanceof Scalar) {
                        sheet.mark(marks.of(value.origin()));
                    }
                    sheet.write(Data.written(value), output.line(), false);
                }
                case Piece.Assign assign -> scope.set(assign.variable(), value(assign.value(), scope));
                case Piece.Choice choice -> choose(choice, scope, sheet);
                case Piece.With with -> {
                    ConfigNode value = value(with.value(), scope);
                    Scope inner = new Scope(scope, Data.holds(value) ? value : scope.dot);
                    if (!with.variable().isEmpty()) {
                        inner.variables.put(with.variable(), value);
                    }
                    write(Data.holds(value) ? with.body() : with.otherwise(), inner, sheet);
                }
                case Piece.Range range -> each(range, scope, sheet);
            }
        }
        depth--;
    }

    private void choose(Piece.Choice choice, Scope scope, Sheet sheet) throws UnreadableTemplate {
        for (Piece.Branch branch : choice.branches()) {
            if (branch.condition().commands().isEmpty() || Data.holds(value(branch.condition(), scope))) {
                write(branch.body(), new Scope(scope, scope.dot), sheet);
                return;
            }
        }
    }

    private void each(Piece.Range range, Scope scope, Sheet sheet) throws UnreadableTemplate {
        Map<String, ConfigNode> items = new LinkedHashMap<>();
        switch (value(range.over(), scope)) {
            case ConfigNode.Items list -> {
                for (ConfigNode item : list.items()) {
                    items.put(Integer.toString(items.size()), item);
                }
            }
            case ConfigNode.Entries map -> items.putAll(map.entries());
            case Scalar count -> {
                int times = count.text().matches("\\d{1,3}") ? Integer.parseInt(count.text()) : 0;
                for (int i = 0; i < times; i++) {
                    items.put(Integer.toString(i), Data.number(i));
                }
            }
        }
        for (Map.Entry<String, ConfigNode> item : items.entrySet()) {
            step();
            Scope inner = new Scope(scope, item.getValue());
            if (!range.key().isEmpty()) {
                inner.variables.put(range.key(), Data.text(item.getKey()));
            }
            if (!range.value().isEmpty()) {
                inner.variables.put(range.value(), item.getValue());
            }
            write(range.body(), inner, sheet);
        }
        if (items.isEmpty()) {
            write(range.otherwise(), new Scope(scope, scope.dot), sheet);
        }
    }

    private ConfigNode value(Pipeline pipeline, Scope scope) throws UnreadableTemplate {
        List<ConfigNode> last = List.of();
        for (Command command : pipeline.commands()) {
            last = List.of(value(command, last, scope));
        }
        return last.isEmpty() ? Data.NIL : last.getFirst();
    }

    private ConfigNode value(Command command, List<ConfigNode> piped, Scope scope) throws UnreadableTemplate {
        step();
        List<Operand> operands = command.operands();
        if (operands.isEmpty()) {
            return piped.isEmpty() ? Data.NIL : piped.getFirst();
        }
        List<ConfigNode> arguments = new ArrayList<>();
        boolean called = operands.getFirst() instanceof Operand.Function;
        String name = operands.getFirst() instanceof Operand.Function function ? function.name() : "";
        for (Operand operand : operands.subList(called ? 1 : 0, operands.size())) {
            if (name.equals("and") && !arguments.isEmpty() && !Data.holds(arguments.getLast())) {
                return arguments.getLast();
            }
            if (name.equals("or") && !arguments.isEmpty() && Data.holds(arguments.getLast())) {
                return arguments.getLast();
            }
            arguments.add(value(operand, scope));
        }
        if (!called) {
            return arguments.size() + piped.size() == 1 ? arguments.getFirst() : method(operands.getFirst());
        }
        arguments.addAll(piped);
        return call(name, arguments);
    }

    /** A field with arguments is a method, of which only the question for the cluster's abilities has a likely answer. */
    private static ConfigNode method(Operand operand) {
        boolean has = operand instanceof Operand.Dot dot && dot.path().contains("APIVersions");
        return has ? Data.truth(true) : Data.UNRESOLVED;
    }

    private ConfigNode value(Operand operand, Scope scope) throws UnreadableTemplate {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.Dot dot -> path(scope.dot, dot.path());
            case Operand.Variable variable -> path(scope.get(variable.name()), variable.path());
            case Operand.Nested nested -> path(value(nested.pipeline(), scope), nested.path());
            case Operand.Function function -> call(function.name(), List.of());
        };
    }

    private static ConfigNode path(ConfigNode from, List<String> path) {
        ConfigNode node = from;
        for (String name : path) {
            node = Data.field(node, name);
        }
        return node;
    }

    private ConfigNode call(String name, List<ConfigNode> arguments) throws UnreadableTemplate {
        ConfigNode last = arguments.isEmpty() ? Data.NIL : arguments.getLast();
        return switch (name) {
            case "include", "template" -> included(arguments);
            case "tpl" ->
                Data.written(arguments.isEmpty() ? Data.NIL : arguments.getFirst())
                                .contains("{{")
                        ? evaluated(arguments.getFirst(), last)
                        : arguments.isEmpty() ? Data.NIL : arguments.getFirst();
            case "toYaml", "toYamlPretty" -> Data.text(Data.yaml(last, marks));
            default -> Functions.call(name, arguments);
        };
    }

    private ConfigNode evaluated(ConfigNode template, ConfigNode dot) throws UnreadableTemplate {
        Sheet sheet = write(TemplateParser.parse(Data.written(template)).pieces(), dot);
        return Data.like(template, sheet.finished(), true);
    }

    private ConfigNode included(List<ConfigNode> arguments) throws UnreadableTemplate {
        String name = arguments.isEmpty() ? "" : Data.written(arguments.getFirst());
        List<Piece> pieces = definitions.get(name);
        if (pieces == null) {
            return Data.UNRESOLVED;
        }
        ConfigNode dot = arguments.size() > 1 ? arguments.get(1) : root;
        Sheet sheet = write(pieces, dot);
        String text = sheet.finished();
        boolean several = text.strip().contains("\n");
        Origin origin = marks.in(sheet.left()).orElse(Origin.NONE);
        return new Scalar(several ? text + sheet.left() : text, true, several ? Origin.NONE : origin);
    }
}
