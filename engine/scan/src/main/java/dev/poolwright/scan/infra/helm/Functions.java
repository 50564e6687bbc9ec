package dev.poolwright.scan.infra.helm;

import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.config.ConfigNode.Entries;
import dev.poolwright.scan.config.ConfigNode.Items;
import dev.poolwright.scan.config.ConfigNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The functions of Go's templates and of Helm that charts use for what is read here. Others give {@link Data#UNRESOLVED}. */
final class Functions {

    private static final int MOST_ITEMS = 10_000;

    private Functions() {}

    static ConfigNode call(String name, List<ConfigNode> given) {
        ConfigNode first = given.isEmpty() ? Data.NIL : given.getFirst();
        ConfigNode last = given.isEmpty() ? Data.NIL : given.getLast();
        return switch (name) {
            case "and", "or" -> last;
            case "not" -> Data.unresolved(first) ? first : Data.truth(!Data.holds(first));
            case "eq", "ne", "lt", "le", "gt", "ge" -> compared(name, given);
            case "default" -> given.size() > 1 && !Data.holds(last) ? first : last;
            case "coalesce" -> given.stream().filter(Data::holds).findFirst().orElse(Data.NIL);
            case "ternary" -> given.size() < 3 ? Data.UNRESOLVED : Data.holds(last) ? first : given.get(1);
            case "required" -> last;
            case "fail" -> Data.NIL;
            case "empty" -> Data.truth(!Data.holds(last));
            case "semverCompare" -> Data.truth(true);
            case "lookup" -> Data.map(Map.of());
            case "dict", "list", "tuple", "set", "unset", "get", "hasKey", "index", "dig", "pluck" ->
                inMap(name, given);
            case "merge",
                    "mergeOverwrite",
                    "mustMerge",
                    "mustMergeOverwrite",
                    "deepCopy",
                    "omit",
                    "pick",
                    "keys",
                    "values" -> wholeMap(name, given);
            case "first",
                    "last",
                    "len",
                    "has",
                    "concat",
                    "append",
                    "prepend",
                    "uniq",
                    "compact",
                    "join",
                    "splitList",
                    "split",
                    "until",
                    "sortAlpha",
                    "rest",
                    "initial" -> ofList(name, given);
            case "int",
                    "int64",
                    "float64",
                    "atoi",
                    "toDecimal",
                    "add",
                    "add1",
                    "sub",
                    "mul",
                    "div",
                    "mod",
                    "max",
                    "min",
                    "ceil",
                    "floor",
                    "round" -> ofNumbers(name, given);
            case "kindIs", "typeIs", "kindOf", "typeOf" -> ofKind(name, given);
            default -> Texts.call(name, given);
        };
    }

    private static ConfigNode compared(String name, List<ConfigNode> given) {
        if (given.size() < 2 || given.stream().anyMatch(Data::unresolved)) {
            return Data.UNRESOLVED;
        }
        String left = plain(given.getFirst());
        if (name.equals("eq")) {
            return Data.truth(given.stream().skip(1).anyMatch(one -> plain(one).equals(left)));
        }
        if (name.equals("ne")) {
            return Data.truth(!plain(given.get(1)).equals(left));
        }
        int order = decimal(given.getFirst()).compareTo(decimal(given.get(1)));
        return Data.truth(
                switch (name) {
                    case "lt" -> order < 0;
                    case "le" -> order <= 0;
                    case "gt" -> order > 0;
                    default -> order >= 0;
                });
    }

    static String plain(ConfigNode node) {
        return Marks.without(Data.written(node));
    }

    private static BigDecimal decimal(ConfigNode node) {
        String text = plain(node);
        return text.matches("-?\\d{1,18}(\\.\\d{1,9})?") ? new BigDecimal(text) : BigDecimal.ZERO;
    }

    private static ConfigNode inMap(String name, List<ConfigNode> given) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        switch (name) {
            case "dict" -> {
                for (int i = 0; i + 1 < given.size(); i += 2) {
                    entries.put(plain(given.get(i)), given.get(i + 1));
                }
                return Data.map(entries);
            }
            case "list", "tuple" -> {
                return Data.list(given);
            }
            default -> {}
        }
        ConfigNode map = given.isEmpty() ? Data.NIL : given.getFirst();
        if (name.equals("dig") && given.size() > 2) {
            map = given.getLast();
            for (ConfigNode key : given.subList(0, given.size() - 2)) {
                map = map.at(plain(key)).orElse(given.get(given.size() - 2));
            }
            return map;
        }
        for (ConfigNode key : given.subList(Math.min(1, given.size()), given.size())) {
            switch (name) {
                case "hasKey" -> {
                    return Data.truth(map.at(plain(key)).isPresent());
                }
                case "set", "unset" -> {
                    entries.putAll(map.entries());
                    entries.remove(plain(key));
                    if (name.equals("set") && given.size() > 2) {
                        entries.put(plain(key), given.getLast());
                    }
                    return Data.map(entries);
                }
                default -> map = element(map, plain(key));
            }
        }
        return map;
    }

    private static ConfigNode element(ConfigNode of, String key) {
        if (of instanceof Items items) {
            int at = key.matches("\\d{1,6}") ? Integer.parseInt(key) : -1;
            return at >= 0 && at < items.items().size() ? items.items().get(at) : Data.NIL;
        }
        return Data.field(of, key);
    }

    private static ConfigNode wholeMap(String name, List<ConfigNode> given) {
        ConfigNode first = given.isEmpty() ? Data.NIL : given.getFirst();
        if (name.equals("deepCopy")) {
            return first;
        }
        if (name.equals("keys") || name.equals("values")) {
            return Data.list(
                    name.equals("values")
                            ? List.copyOf(first.entries().values())
                            : first.entries().keySet().stream().map(Data::text).toList());
        }
        if (name.equals("omit") || name.equals("pick")) {
            List<String> keys = given.stream().skip(1).map(Functions::plain).toList();
            Map<String, ConfigNode> kept = new LinkedHashMap<>(first.entries());
            kept.keySet().removeIf(key -> keys.contains(key) == name.equals("omit"));
            return Data.map(kept);
        }
        ConfigNode all = Data.map(Map.of());
        for (ConfigNode one : given) {
            boolean overwrites = name.endsWith("verwrite");
            all = one instanceof Entries ? (overwrites ? Data.merged(all, one) : Data.merged(one, all)) : all;
        }
        return all;
    }

    private static List<ConfigNode> items(ConfigNode node) {
        return node instanceof Items items ? items.items() : List.of();
    }

    private static ConfigNode ofList(String name, List<ConfigNode> given) {
        ConfigNode first = given.isEmpty() ? Data.NIL : given.getFirst();
        ConfigNode last = given.isEmpty() ? Data.NIL : given.getLast();
        List<ConfigNode> items = items(first);
        return switch (name) {
            case "first" -> items.isEmpty() ? Data.NIL : items.getFirst();
            case "last" -> items.isEmpty() ? Data.NIL : items.getLast();
            case "rest" -> Data.list(items.subList(Math.min(1, items.size()), items.size()));
            case "initial" -> Data.list(items.subList(0, Math.max(0, items.size() - 1)));
            case "len" ->
                Data.number(
                        first instanceof Scalar
                                ? plain(first).length()
                                : first instanceof Items
                                        ? items.size()
                                        : first.entries().size());
            case "has" ->
                Data.truth(items(last).stream().anyMatch(one -> plain(one).equals(plain(first))));
            case "concat" ->
                Data.list(given.stream()
                        .flatMap(one -> items(one).stream())
                        .limit(MOST_ITEMS)
                        .toList());
            case "append", "prepend" -> {
                List<ConfigNode> more = new ArrayList<>(items);
                more.add(name.equals("append") ? more.size() : 0, last);
                yield Data.list(more);
            }
            case "uniq" -> Data.list(items.stream().distinct().toList());
            case "compact" -> Data.list(items.stream().filter(Data::holds).toList());
            case "join" ->
                Data.text(items(last).stream().map(Functions::plain).collect(Collectors.joining(plain(first))));
            case "splitList", "split" -> {
                List<ConfigNode> parts = new ArrayList<>();
                String separator = plain(first);
                String text = plain(last);
                for (String part : text.split(java.util.regex.Pattern.quote(separator), MOST_ITEMS)) {
                    parts.add(Data.text(part));
                }
                Map<String, ConfigNode> named = new LinkedHashMap<>();
                parts.forEach(part -> named.put("_" + named.size(), part));
                yield name.equals("split") ? Data.map(named) : Data.list(parts);
            }
            case "until" -> {
                List<ConfigNode> numbers = new ArrayList<>();
                for (int i = 0; i < Math.min(decimal(first).intValue(), 1_000); i++) {
                    numbers.add(Data.number(i));
                }
                yield Data.list(numbers);
            }
            default -> first;
        };
    }

    private static ConfigNode ofNumbers(String name, List<ConfigNode> given) {
        ConfigNode first = given.isEmpty() ? Data.NIL : given.getFirst();
        if (given.stream().anyMatch(Data::unresolved)) {
            return Data.UNRESOLVED;
        }
        BinaryOperator<BigDecimal> fold = switch (name) {
            case "add" -> BigDecimal::add;
            case "sub" -> BigDecimal::subtract;
            case "mul" -> BigDecimal::multiply;
            case "div" -> (a, b) -> b.signum() == 0 ? BigDecimal.ZERO : a.divideToIntegralValue(b);
            case "mod" -> (a, b) -> b.signum() == 0 ? BigDecimal.ZERO : a.remainder(b);
            case "max" -> BigDecimal::max;
            case "min" -> BigDecimal::min;
            default -> (a, b) -> a;
        };
        BigDecimal result = given.stream().map(Functions::decimal).reduce(fold).orElse(BigDecimal.ZERO);
        if (name.equals("add1")) {
            result = result.add(BigDecimal.ONE);
        }
        String text = name.equals("float64") ? result.toPlainString() : Long.toString(result.longValue());
        return given.size() == 1 ? Data.like(first, text, false) : new Scalar(text, false, first.origin());
    }

    private static ConfigNode ofKind(String name, List<ConfigNode> given) {
        ConfigNode last = given.isEmpty() ? Data.NIL : given.getLast();
        String kind = switch (last) {
            case Items items -> "slice";
            case Entries entries -> "map";
            case Scalar scalar -> {
                String text = scalar.text().toLowerCase(Locale.ROOT);
                if (Data.isNil(scalar)) {
                    yield "invalid";
                }
                if (scalar.quoted()) {
                    yield "string";
                }
                yield text.equals("true") || text.equals("false")
                        ? "bool"
                        : text.matches("-?\\d+(\\.\\d+)?") ? "float64" : "string";
            }
        };
        if (name.endsWith("Of")) {
            return Data.text(kind);
        }
        String wanted = plain(given.getFirst());
        return Data.truth(wanted.equals(kind) || (kind.equals("float64") && wanted.startsWith("int")));
    }
}
