package dev.poolwright.scan.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The right side of {@code =} in HCL. */
final class HclValues {

    /** Functions whose argument is what they stand for. */
    private static final List<String> ENCODERS = List.of("jsonencode(", "yamlencode(");

    private final ConfigText text;
    private final HclCursor cursor;

    HclValues(ConfigText text, HclCursor cursor) {
        this.text = text;
        this.cursor = cursor;
    }

    /** @param line whether the end of the line ends the value; it does not within a list or brackets */
    ConfigNode value(int depth, boolean line) throws UnreadableConfig {
        int start = cursor.offset();
        text.checkDepth(depth, start);
        if (cursor.at("\"")) {
            String value = cursor.quoted();
            if (isAtEnd(line)) {
                return text.scalar(value, true, start);
            }
        } else if (cursor.atHeredoc()) {
            return text.scalar(cursor.heredoc(), true, start);
        } else if (cursor.at("[") && !isLoop(start)) {
            ConfigNode items = items(depth);
            if (isAtEnd(line)) {
                return items;
            }
        } else if (cursor.at("{") && !isLoop(start)) {
            ConfigNode object = object(depth);
            if (isAtEnd(line)) {
                return object;
            }
        } else {
            for (String encoder : ENCODERS) {
                if (cursor.at(encoder)) {
                    return encoded(encoder, depth);
                }
            }
        }
        cursor.back(start);
        return text.scalar(expression(line), false, start);
    }

    private ConfigNode encoded(String encoder, int depth) throws UnreadableConfig {
        int start = cursor.offset();
        cursor.skip(encoder.length());
        cursor.skipLines();
        ConfigNode value = value(depth + 1, false);
        cursor.skipLines();
        if (!cursor.at(")")) {
            throw text.fail("not HCL: a bracket is not closed", start);
        }
        cursor.skip(1);
        return value;
    }

    private ConfigNode items(int depth) throws UnreadableConfig {
        int start = cursor.offset();
        List<ConfigNode> items = new ArrayList<>();
        cursor.skip(1);
        for (cursor.skipLines(); !cursor.at("]"); cursor.skipLines()) {
            items.add(value(depth + 1, false));
            cursor.skipLines();
            if (cursor.at(",")) {
                cursor.skip(1);
            } else if (!cursor.at("]")) {
                throw text.fail("not HCL: a list is not closed", start);
            }
        }
        cursor.skip(1);
        text.count(1, text.origin(start));
        return new ConfigNode.Items(items, text.origin(start));
    }

    private ConfigNode object(int depth) throws UnreadableConfig {
        int start = cursor.offset();
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        cursor.skip(1);
        for (cursor.skipLines(); !cursor.at("}"); cursor.skipLines()) {
            String key = key();
            cursor.skipSpaces();
            if (!cursor.at("=") && !cursor.at(":")) {
                throw text.fail("not HCL: = is missing", cursor.offset());
            }
            cursor.skip(1);
            cursor.skipLines();
            entries.put(key, value(depth + 1, true));
            cursor.skipSpaces();
            if (cursor.at(",")) {
                cursor.skip(1);
            }
        }
        cursor.skip(1);
        text.count(1, text.origin(start));
        return new ConfigNode.Entries(entries, text.origin(start));
    }

    private String key() throws UnreadableConfig {
        if (!cursor.at("(")) {
            return cursor.name();
        }
        int start = cursor.offset();
        new Expression(false).skipBrackets();
        return text.text().substring(start, cursor.offset());
    }

    private boolean isLoop(int start) throws UnreadableConfig {
        cursor.skip(1);
        cursor.skipLines();
        boolean loop = cursor.at("for ");
        cursor.back(start);
        return loop;
    }

    /** Whether nothing of the value follows. */
    private boolean isAtEnd(boolean line) throws UnreadableConfig {
        int here = cursor.offset();
        if (line) {
            cursor.skipSpaces();
        } else {
            cursor.skipLines();
        }
        boolean end = cursor.ended()
                || cursor.at("\n")
                || cursor.isLineComment()
                || cursor.at(",")
                || cursor.at("]")
                || cursor.at("}")
                || cursor.at(")");
        cursor.back(here);
        return end;
    }

    private String expression(boolean line) throws UnreadableConfig {
        int start = cursor.offset();
        new Expression(line).skip();
        String expression = text.text().substring(start, cursor.offset()).strip();
        if (expression.isEmpty()) {
            throw text.fail("not HCL: a value is missing", start);
        }
        return expression;
    }

    /** Finds the end of an expression by its brackets alone. */
    private final class Expression {
        private final boolean line;
        private int brackets;

        Expression(boolean line) {
            this.line = line;
        }

        /** To the comma, closing bracket, comment or line end that ends it. */
        void skip() throws UnreadableConfig {
            int start = cursor.offset();
            while (!cursor.ended() && !(brackets == 0 && isEnd())) {
                piece();
            }
            if (brackets > 0) {
                throw text.fail("not HCL: a bracket is not closed", start);
            }
        }

        /** Past the bracket that closes the one that stands here. */
        void skipBrackets() throws UnreadableConfig {
            int start = cursor.offset();
            do {
                piece();
            } while (brackets > 0 && !cursor.ended());
            if (brackets > 0) {
                throw text.fail("not HCL: a bracket is not closed", start);
            }
        }

        private boolean isEnd() {
            return cursor.at(",")
                    || cursor.at(")")
                    || cursor.at("]")
                    || cursor.at("}")
                    || (line && (cursor.at("\n") || cursor.isLineComment()));
        }

        private void piece() throws UnreadableConfig {
            if (cursor.at("\"")) {
                cursor.skipQuoted(0);
            } else if (cursor.at("/*")) {
                cursor.skipComment();
            } else if (cursor.isLineComment()) {
                cursor.back(text.lineEnd(cursor.offset()));
            } else if (cursor.atHeredoc()) {
                cursor.heredoc();
            } else {
                char one = text.text().charAt(cursor.offset());
                brackets += "([{".indexOf(one) >= 0 ? 1 : ")]}".indexOf(one) >= 0 ? -1 : 0;
                cursor.skip(1);
            }
        }
    }
}
