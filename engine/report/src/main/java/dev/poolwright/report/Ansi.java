package dev.poolwright.report;

/** Whether text may carry colour. The caller decides, and respects {@code NO_COLOR} and what is no terminal. */
public enum Ansi {
    ON,
    OFF;

    String red(String text) {
        return wrapped("31", text);
    }

    String green(String text) {
        return wrapped("32", text);
    }

    String yellow(String text) {
        return wrapped("33", text);
    }

    String bold(String text) {
        return wrapped("1", text);
    }

    String faint(String text) {
        return wrapped("2", text);
    }

    private String wrapped(String code, String text) {
        return this == ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
