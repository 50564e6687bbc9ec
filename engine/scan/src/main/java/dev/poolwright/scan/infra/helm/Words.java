package dev.poolwright.scan.infra.helm;

import java.util.ArrayList;
import java.util.List;

/** The words of one action, that is of what stands between double braces. */
final class Words {

    /** Kinds of word. */
    enum Kind {
        STRING,
        NUMBER,
        NAME,
        FIELD,
        VARIABLE,
        SIGN
    }

    /** @param glued whether it follows the word before it without a space, as in {@code (x).y} */
    record Word(Kind kind, String text, boolean glued) {}

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    static List<Word> of(String text) throws UnreadableTemplate {
        Words words = new Words(text);
        while (words.at < text.length()) {
            words.next();
        }
        return words.words;
    }

    private void next() throws UnreadableTemplate {
        char here = text.charAt(at);
        boolean glued = at > 0 && !Character.isWhitespace(text.charAt(at - 1));
        int start = at;
        if (Character.isWhitespace(here)) {
            at++;
        } else if (here == '"' || here == '`' || here == '\'') {
            words.add(new Word(Kind.STRING, quoted(here), glued));
        } else if (here == '.' && at + 1 < text.length() && isName(text.charAt(at + 1))) {
            at++;
            words.add(new Word(Kind.FIELD, name(), glued));
        } else if (here == '$') {
            at++;
            words.add(new Word(Kind.VARIABLE, name(), glued));
        } else if (Character.isDigit(here)
                || (here == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
            at++;
            while (at < text.length() && (isName(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            words.add(new Word(Kind.NUMBER, text.substring(start, at), glued));
        } else if (isName(here)) {
            words.add(new Word(Kind.NAME, name(), glued));
        } else {
            at += text.startsWith(":=", at) ? 2 : 1;
            words.add(new Word(Kind.SIGN, text.substring(start, at), glued));
        }
    }

    private static boolean isName(char one) {
        return Character.isLetterOrDigit(one) || one == '_';
    }

    private String name() {
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted(char end) throws UnreadableTemplate {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == end) {
                at++;
                return value.toString();
            }
            if (here == '\\' && end != '`' && at + 1 < text.length()) {
                at++;
                here = switch (text.charAt(at)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    default -> text.charAt(at);
                };
            }
            value.append(here);
        }
        throw new UnreadableTemplate("a quote is not closed");
    }
}
