package dev.poolwright.model.fleet;

/**
 * Where a value is written.
 *
 * @param file path as the user gave it; empty when the value has no place (a test, a built-in)
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 */
public record Origin(String file, int line, int column) {

    public static final Origin NONE = new Origin("", 0, 0);

    /** {@code file:line:column}, as far as known. */
    @Override
    public String toString() {
        if (file.isEmpty()) {
            return "(built in)";
        }
        return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
