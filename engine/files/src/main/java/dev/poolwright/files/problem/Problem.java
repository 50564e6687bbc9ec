package dev.poolwright.files.problem;

import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;

/**
 * One thing that is wrong with a file. Secrets in {@code name}, {@code value} and {@code todo} are masked here, so that none gets further.
 *
 * @param what is wrong, without the value
 * @param name of the value, with dots from the top of the file; empty when it is about the whole file
 * @param value as written, with its unit; empty when there is none
 * @param origin where
 * @param allowed what would be right; empty when that says nothing new
 * @param todo what to do; empty when {@code allowed} says it
 */
public record Problem(String what, String name, String value, Origin origin, String allowed, String todo) {

    public Problem {
        value = Masked.value(name, value);
        name = Masked.text(name);
        what = Masked.text(what);
        allowed = Masked.text(allowed);
        todo = Masked.text(todo);
    }

    /** {@code file:line:column: what: name = value (allowed: …; do: …)}, stable. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(origin + ": " + what);
        if (!name.isEmpty()) {
            line.append(": ").append(name);
        }
        if (!value.isEmpty()) {
            line.append(name.isEmpty() ? ": " : " = ").append(value);
        }
        if (!allowed.isEmpty() || !todo.isEmpty()) {
            line.append(" (")
                    .append(allowed.isEmpty() ? "" : "allowed: " + allowed)
                    .append(allowed.isEmpty() || todo.isEmpty() ? "" : "; ")
                    .append(todo.isEmpty() ? "" : "do: " + todo)
                    .append(')');
        }
        return line.toString();
    }
}
