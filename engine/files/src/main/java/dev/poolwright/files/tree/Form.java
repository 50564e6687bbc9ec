package dev.poolwright.files.tree;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How one kind of value is written.
 *
 * @param allowed what may be written, for people
 * @param reading from text to value
 */
public record Form<T>(String allowed, Reading<T> reading) {

    public T read(String text) throws Unreadable {
        return reading.read(text);
    }

    /** One of a closed set of words. */
    public static <T> Form<T> word(String what, Map<String, T> words) {
        String allowed = String.join(", ", new TreeSet<>(words.keySet()));
        return new Form<>(
                allowed.isEmpty() ? "nothing: the fleet has none" : allowed,
                text -> Optional.ofNullable(words.get(text))
                        .orElseThrow(() -> new Unreadable("no such " + what, Nearest.hint(text, words.keySet()))));
    }

    /** The name of something that is there. */
    public static Form<String> name(String what, Collection<String> names) {
        Map<String, String> words = new LinkedHashMap<>();
        names.forEach(name -> words.put(name, name));
        return word(what, words);
    }

    /** From text to value. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(String text) throws Unreadable;
    }

    /** The text is not of this form. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String todo;

        /** @param what is wrong, without the value */
        public Unreadable(String what, String todo) {
            super(what, null, false, false);
            this.todo = todo;
        }

        public String what() {
            return String.valueOf(getMessage());
        }

        public String todo() {
            return todo;
        }
    }
}
