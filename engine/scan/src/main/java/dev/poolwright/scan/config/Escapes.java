package dev.poolwright.scan.config;

/** What a backslash stands for in the quoted text of TOML, HCL, {@code .env} and Prisma. */
final class Escapes {

    private Escapes() {}

    /**
     * Appends what an escape stands for; an unknown one as it is written.
     *
     * @param at the backslash
     * @return the character after the escape
     */
    static int append(StringBuilder to, String text, int at) {
        if (at + 1 >= text.length()) {
            to.append('\\');
            return at + 1;
        }
        char kind = text.charAt(at + 1);
        switch (kind) {
            case 'n' -> to.append('\n');
            case 't' -> to.append('\t');
            case 'r' -> to.append('\r');
            case 'b' -> to.append('\b');
            case 'f' -> to.append('\f');
            case '"', '\'', '\\', '/', '$', '`' -> to.append(kind);
            case 'u', 'U' -> {
                int digits = kind == 'u' ? 4 : 8;
                int code = hex(text, at + 2, digits);
                if (code >= 0 && Character.isValidCodePoint(code)) {
                    to.appendCodePoint(code);
                    return at + 2 + digits;
                }
                to.append('\\').append(kind);
            }
            default -> to.append('\\').append(kind);
        }
        return at + 2;
    }

    /** The number that so many hexadecimal digits stand for; -1 where there are not so many, or it does not fit. */
    static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }
}
