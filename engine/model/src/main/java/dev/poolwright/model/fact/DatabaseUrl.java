package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Origin;
import java.util.List;

/**
 * A database URL that is written out in the tree.
 *
 * @param usedBy name of the pool that it is used by; empty when that is not known
 * @param scheme up to the colon, for example {@code postgresql+asyncpg} or {@code jdbc:postgresql}
 * @param host empty when not said or not known
 * @param database empty when not said or not known
 * @param parameters names of what stands after the question mark, and their values where they are no secret: {@code sslmode=require}
 * @param password how its password is written
 * @param environment {@code production}, … where the file says so by its name, folder or profile; else empty
 * @param passwordAt where its password stands; the URL's own place where that is inside the URL, or not known
 */
public record DatabaseUrl(
        String usedBy,
        String scheme,
        String host,
        String database,
        List<String> parameters,
        Password password,
        String environment,
        Place place,
        Origin origin,
        Origin passwordAt)
        implements Fact {

    public DatabaseUrl {
        parameters = List.copyOf(parameters);
    }

    /** One whose password, if there is one, stands where the URL stands. */
    public DatabaseUrl(
            String usedBy,
            String scheme,
            String host,
            String database,
            List<String> parameters,
            Password password,
            String environment,
            Place place,
            Origin origin) {
        this(usedBy, scheme, host, database, parameters, password, environment, place, origin, origin);
    }

    /** How a password is written. Never the password itself. */
    public enum Password {
        NONE,
        /** Comes from elsewhere at run time. */
        REFERENCE,
        /** Is written out, and is one that people write for a machine of their own ({@code postgres}, {@code changeme}). */
        PLACEHOLDER,
        /** Is written out. */
        LITERAL
    }
}
