package dev.poolwright.scan.jvm.settings;

import dev.poolwright.model.fleet.Origin;
import dev.poolwright.scan.tree.SourceFile;

/**
 * One setting of a configuration file, flat.
 *
 * @param key as written, levels joined by dots
 * @param text as written, placeholders and all
 * @param profile under which it counts; empty for always
 */
public record Setting(String key, String text, String profile, SourceFile file, Origin origin) {

    /** The form in which Spring compares keys: {@code maximum-pool-size}, {@code maximumPoolSize} and {@code MAXIMUM_POOL_SIZE} are one. */
    public String canonical() {
        return canonical(key);
    }

    /** {@link #canonical()} of any key. */
    public static String canonical(String key) {
        StringBuilder canonical = new StringBuilder(key.length());
        boolean named = false;
        for (int i = 0; i < key.length(); i++) {
            char one = key.charAt(i);
            if (one == '[' && i + 1 < key.length() && !Character.isDigit(key.charAt(i + 1))) {
                canonical.append('.');
                named = true;
            } else if (one == ']' && named) {
                named = false;
            } else if (one != '-' && one != '_' && one != '\'' && one != '"') {
                canonical.append(Character.toLowerCase(one));
            }
        }
        return canonical.toString();
    }

    /** {@code maximum-pool-size} and {@code maximum_pool_size} to {@code maximumPoolSize}; camel case stays. */
    public static String camel(String key) {
        StringBuilder camel = new StringBuilder(key.length());
        boolean shouting = key.equals(key.toUpperCase(java.util.Locale.ROOT));
        boolean up = false;
        for (int i = 0; i < key.length(); i++) {
            char one = key.charAt(i);
            if (one == '-' || one == '_') {
                up = !camel.isEmpty();
            } else {
                camel.append(up ? Character.toUpperCase(one) : shouting ? Character.toLowerCase(one) : one);
                up = false;
            }
        }
        return camel.toString();
    }
}
