package dev.poolwright.scan.config;

/** The entities that XML has by itself, and characters by number. Any other stays as it is written. */
final class Entities {

    private static final int LONGEST = 10;

    private Entities() {}

    static String plain(String text) {
        int at = text.indexOf('&');
        if (at < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST));
            int one = end < 0 ? -1 : character(text.substring(at + 1, end));
            if (one >= 0) {
                plain.append(text, from, at).appendCodePoint(one);
                from = end + 1;
            }
            at = text.indexOf('&', Math.max(at + 1, from));
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** -1 for what is not known. */
    private static int character(String entity) {
        return switch (entity) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> entity.startsWith("#") ? number(entity.substring(1)) : -1;
        };
    }

    private static int number(String digits) {
        boolean hexadecimal = digits.startsWith("x");
        try {
            int code = Integer.parseInt(hexadecimal ? digits.substring(1) : digits, hexadecimal ? 16 : 10);
            return Character.isValidCodePoint(code) ? code : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
