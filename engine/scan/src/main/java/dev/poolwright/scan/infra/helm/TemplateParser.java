package dev.poolwright.scan.infra.helm;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.config.ConfigNode;
import dev.poolwright.scan.infra.helm.Piece.Branch;
import dev.poolwright.scan.infra.helm.Piece.Command;
import dev.poolwright.scan.infra.helm.Piece.Operand;
import dev.poolwright.scan.infra.helm.Piece.Pipeline;
import dev.poolwright.scan.infra.helm.Words.Kind;
import dev.poolwright.scan.infra.helm.Words.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text of a template to pieces, by the rules of Go's package {@code text/template}. */
final class TemplateParser {

    private static final int DEEPEST = 100;

    /** @param definitions what {@code define} names */
    record Parsed(List<Piece> pieces, Map<String, List<Piece>> definitions) {}

    /** Either text or the words of an action. */
    private record Part(String text, boolean action, int line) {}

    private final List<Part> parts;
    private final Map<String, List<Piece>> definitions = new HashMap<>();
    private int at;
    private int depth;

    private TemplateParser(List<Part> parts) {
        this.parts = parts;
    }

    static Parsed parse(String text) throws UnreadableTemplate {
        TemplateParser parser = new TemplateParser(parts(text));
        List<Piece> pieces = new ArrayList<>();
        while (parser.at < parser.parts.size()) {
            pieces.addAll(parser.block());
            parser.at++; // an "end" too many
        }
        return new Parsed(pieces, parser.definitions);
    }

    private static List<Part> parts(String text) throws UnreadableTemplate {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int line = 1;
        boolean trim = false;
        while (from < text.length()) {
            int open = text.indexOf("{{", from);
            String before = text.substring(from, open < 0 ? text.length() : open);
            int skipped = 0;
            if (trim) {
                skipped = before.length() - before.stripLeading().length();
            }
            boolean trimBefore = open >= 0 && text.startsWith("-", open + 2) && isSpace(text, open + 3);
            String kept = trimBefore ? before.substring(skipped).stripTrailing() : before.substring(skipped);
            if (!kept.isEmpty()) {
                parts.add(new Part(kept, false, line + lines(before.substring(0, skipped))));
            }
            line += lines(before);
            if (open < 0) {
                break;
            }
            int start = open + (trimBefore ? 3 : 2);
            int close = end(text, start);
            trim = text.charAt(close - 1) == '-' && close - 1 > start && isSpace(text, close - 2);
            String action = text.substring(start, trim ? close - 1 : close).strip();
            if (!action.startsWith("/*")) {
                parts.add(new Part(action, true, line));
            }
            line += lines(text.substring(open, close));
            from = close + 2;
        }
        return parts;
    }

    /** Where the action ends: at the braces that stand outside of quotes. */
    private static int end(String text, int start) throws UnreadableTemplate {
        String trimmed = text.substring(start).stripLeading();
        if (trimmed.startsWith("/*")) {
            int comment = text.indexOf("*/", start);
            int close = comment < 0 ? -1 : text.indexOf("}}", comment);
            if (close > 0) {
                return close;
            }
            throw new UnreadableTemplate("a comment is not closed");
        }
        char quote = 0;
        for (int i = start; i + 1 < text.length(); i++) {
            char here = text.charAt(i);
            if (quote != 0) {
                if (here == '\\' && quote != '`') {
                    i++;
                } else if (here == quote) {
                    quote = 0;
                }
            } else if (here == '"' || here == '`') {
                quote = here;
            } else if (here == '}' && text.charAt(i + 1) == '}') {
                return i;
            }
        }
        throw new UnreadableTemplate("an action is not closed");
    }

    private static boolean isSpace(String text, int at) {
        return at < text.length() && Character.isWhitespace(text.charAt(at));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(one -> one == '\n').count();
    }

    /** Pieces up to an {@code else} or {@code end}, or to the end of the text. */
    private List<Piece> block() throws UnreadableTemplate {
        if (++depth > DEEPEST) {
            throw new UnreadableTemplate("more than " + DEEPEST + " blocks in each other");
        }
        List<Piece> pieces = new ArrayList<>();
        for (; at < parts.size(); at++) {
            Part part = parts.get(at);
            if (!part.action()) {
                pieces.add(new Piece.Text(part.text(), part.line()));
                continue;
            }
            List<Word> words = Words.of(part.text());
            String first = words.isEmpty() || words.getFirst().kind() != Kind.NAME
                    ? ""
                    : words.getFirst().text();
            if (first.equals("end") || first.equals("else")) {
                break;
            }
            action(first, words, part.line(), pieces);
        }
        depth--;
        return pieces;
    }

    private void action(String first, List<Word> words, int line, List<Piece> pieces) throws UnreadableTemplate {
        List<Word> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (first) {
            case "if" -> pieces.add(choice(rest));
            case "with" -> {
                String variable = assigned(rest) ? rest.getFirst().text() : "";
                Pipeline value = pipeline(assigned(rest) ? rest.subList(2, rest.size()) : rest);
                List<Piece> body = next();
                pieces.add(new Piece.With(variable, value, body, otherwise()));
            }
            case "range" -> pieces.add(range(rest));
            case "define", "block" -> {
                List<Piece> body = next();
                if (!rest.isEmpty()) {
                    definitions.put(rest.getFirst().text(), body);
                }
            }
            case "break", "continue" -> {}
            default -> {
                if (assigned(words)) {
                    Pipeline value = pipeline(words.subList(2, words.size()));
                    pieces.add(new Piece.Assign(words.getFirst().text(), value, line));
                } else if (!words.isEmpty()) {
                    pieces.add(new Piece.Output(pipeline(words), line));
                }
            }
        }
    }

    private static boolean assigned(List<Word> words) {
        return words.size() > 2
                && words.getFirst().kind() == Kind.VARIABLE
                && (words.get(1).text().equals(":=") || words.get(1).text().equals("="))
                && words.get(1).kind() == Kind.SIGN;
    }

    private List<Piece> next() throws UnreadableTemplate {
        at++;
        return block();
    }

    /** What follows {@code else}; none where the block ends. */
    private List<Piece> otherwise() throws UnreadableTemplate {
        if (at < parts.size() && parts.get(at).text().startsWith("else")) {
            return next();
        }
        return List.of();
    }

    private Piece choice(List<Word> condition) throws UnreadableTemplate {
        List<Branch> branches = new ArrayList<>();
        branches.add(new Branch(pipeline(condition), next()));
        while (at < parts.size() && parts.get(at).text().startsWith("else")) {
            List<Word> words = Words.of(parts.get(at).text());
            boolean again = words.size() > 2 && words.get(1).text().equals("if");
            Pipeline next = again ? pipeline(words.subList(2, words.size())) : new Pipeline(List.of());
            branches.add(new Branch(next, next()));
        }
        return new Piece.Choice(branches);
    }

    private Piece range(List<Word> words) throws UnreadableTemplate {
        String key = "";
        String value = "";
        List<Word> over = words;
        if (assigned(words)) {
            value = words.getFirst().text();
            over = words.subList(2, words.size());
        } else if (words.size() > 4 && words.get(1).text().equals(",")) {
            key = words.getFirst().text();
            value = words.get(2).text();
            over = words.subList(4, words.size());
        }
        Pipeline list = pipeline(over);
        List<Piece> body = next();
        return new Piece.Range(key, value, list, body, otherwise());
    }

    private static Pipeline pipeline(List<Word> words) throws UnreadableTemplate {
        return new Expressions(words).pipeline();
    }

    /** Reads expressions out of words. */
    private static final class Expressions {

        private final List<Word> words;
        private int at;

        Expressions(List<Word> words) {
            this.words = words;
        }

        Pipeline pipeline() throws UnreadableTemplate {
            List<Command> commands = new ArrayList<>();
            List<Operand> operands = new ArrayList<>();
            while (at < words.size() && !is(")")) {
                if (is("|")) {
                    at++;
                    commands.add(new Command(List.copyOf(operands)));
                    operands.clear();
                } else {
                    operands.add(operand());
                }
            }
            commands.add(new Command(List.copyOf(operands)));
            return new Pipeline(commands);
        }

        private boolean is(String sign) {
            return words.get(at).kind() == Kind.SIGN && words.get(at).text().equals(sign);
        }

        private Operand operand() throws UnreadableTemplate {
            Word word = words.get(at++);
            return switch (word.kind()) {
                case STRING -> new Operand.Literal(new ConfigNode.Scalar(word.text(), true, Origin.NONE));
                case NUMBER -> new Operand.Literal(new ConfigNode.Scalar(word.text(), false, Origin.NONE));
                case NAME ->
                    switch (word.text()) {
                        case "true", "false", "nil" ->
                            new Operand.Literal(new ConfigNode.Scalar(
                                    word.text().equals("nil") ? "" : word.text(), false, Origin.NONE));
                        default -> new Operand.Function(word.text());
                    };
                case FIELD -> {
                    List<String> path = new ArrayList<>(List.of(word.text()));
                    path.addAll(path());
                    yield new Operand.Dot(path);
                }
                case VARIABLE -> new Operand.Variable(word.text(), path());
                case SIGN -> {
                    if (word.text().equals(".")) {
                        yield new Operand.Dot(List.of());
                    }
                    if (!word.text().equals("(")) {
                        throw new UnreadableTemplate("unexpected " + word.text());
                    }
                    Pipeline nested = pipeline();
                    at++;
                    yield new Operand.Nested(nested, path());
                }
            };
        }

        private List<String> path() {
            List<String> path = new ArrayList<>();
            while (at < words.size()
                    && words.get(at).kind() == Kind.FIELD
                    && words.get(at).glued()) {
                path.add(words.get(at++).text());
            }
            return path;
        }
    }
}
