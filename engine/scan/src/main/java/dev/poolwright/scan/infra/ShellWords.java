package dev.poolwright.scan.infra;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a shell command into simple commands and their words. Quotes are taken off; nothing is run or expanded. */
final class ShellWords {

    private static final int MOST_COMMANDS = 2_000;

    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private ShellWords(String text) {
        this.text = text;
    }

    /** The words of one command. */
    static List<String> words(String text) {
        List<String> all = new ArrayList<>();
        commands(text).forEach(all::addAll);
        return all;
    }

    /** Simple commands: what stands between {@code &&}, {@code ||}, {@code ;}, {@code |}, {@code &} and line ends. */
    static List<List<String>> commands(String text) {
        ShellWords words = new ShellWords(text);
        words.split();
        return words.commands;
    }

    private void split() {
        int at = 0;
        while (at < text.length() && commands.size() < MOST_COMMANDS) {
            char here = text.charAt(at);
            if (here == '\\' && at + 1 < text.length()) {
                at += continued(at + 1);
            } else if (here == '\'' || here == '"') {
                at = quoted(at, here);
            } else if (here == '$' && at + 1 < text.length() && "({".indexOf(text.charAt(at + 1)) >= 0) {
                at = expansion(at);
            } else if (here == '#' && !inWord) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (here == '\n' || here == ';' || here == '|' || here == '&') {
                endCommand();
                at++;
            } else if (Character.isWhitespace(here)) {
                endWord();
                at++;
            } else {
                add(here);
                at++;
            }
        }
        endCommand();
    }

    /** After a backslash: a line that goes on, or a character as it stands. Gives how far to go on. */
    private int continued(int at) {
        char next = text.charAt(at);
        if (next == '\n') {
            endWord();
        } else if (next == '\r') {
            endWord();
            return at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 3 : 2;
        } else {
            add(next);
        }
        return 2;
    }

    private int quoted(int start, char quote) {
        inWord = true;
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            if (quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at++));
        }
        return at + 1;
    }

    /** {@code $(…)} and <code>${…}</code> stay one word whatever is in them. */
    private int expansion(int start) {
        int depth = 0;
        int at = start;
        while (at < text.length()) {
            char here = text.charAt(at);
            add(here);
            at++;
            depth += here == '(' || here == '{' ? 1 : here == ')' || here == '}' ? -1 : 0;
            if (depth == 0 && at > start + 1) {
                break;
            }
        }
        return at;
    }

    private void add(char one) {
        inWord = true;
        word.append(one);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
            words.clear();
        }
    }
}
