package dev.poolwright.scan;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;

/** Changes texts by chance, repeatably: a seed gives the same changes. */
final class Mutations {

    private static final int MOST_CHANGES = 8;
    private static final int MOST_REPEATS = 3_000;
    private static final List<String> ODD = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "`",
            "\"\"\"",
            "\\",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\ufeff",
            ":",
            ",",
            "=",
            "${",
            "{{",
            "}}",
            "%",
            "*a",
            "&a ",
            "<<: *a",
            "<!ENTITY e \"&e;\">",
            "]]>",
            "-1",
            "9999999999999999999999",
            "1e999",
            "0x",
            "None",
            "null",
            "self",
            "lambda: ",
            "...",
            "**",
            "await ",
            "yield ",
            "\u2028",
            "\ud83d\ude00",
            "if ",
            "# ");

    private final SplittableRandom chance;

    Mutations(SplittableRandom chance) {
        this.chance = chance;
    }

    /** A changed text; {@code other} is what it may be spliced with. */
    byte[] of(byte[] text, byte[] other) {
        byte[] changed = text;
        for (int i = chance.nextInt(1, MOST_CHANGES); i > 0; i--) {
            changed = once(changed, other);
        }
        return changed;
    }

    private byte[] once(byte[] text, byte[] other) {
        int at = chance.nextInt(text.length + 1);
        int to = chance.nextInt(8) == 0
                ? chance.nextInt(at, text.length + 1)
                : Math.min(text.length, at + chance.nextInt(40));
        byte[] odd = ODD.get(chance.nextInt(ODD.size())).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        switch (chance.nextInt(7)) {
            case 0 -> out.writeBytes(odd);
            case 1 -> out.write(chance.nextInt(256));
            case 2 -> {
                int repeats = chance.nextInt(20) == 0 ? MOST_REPEATS : 3;
                for (int i = chance.nextInt(repeats); i > 0; i--) {
                    out.writeBytes(odd);
                }
            }
            case 3 -> out.write(text, at, to - at); // and once more below
            case 4 -> {
                int from = chance.nextInt(other.length + 1);
                out.write(other, from, Math.min(other.length - from, chance.nextInt(200)));
            }
            default -> {
                out.write(text, to, text.length - to); // what stood between is gone
                return out.toByteArray();
            }
        }
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }
}
