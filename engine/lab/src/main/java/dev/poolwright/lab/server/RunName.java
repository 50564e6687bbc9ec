package dev.poolwright.lab.server;

/**
 * What everything of one run is called on the server: {@code poolwright_<id>}.
 *
 * @param id 1 to 24 of a–z, 0–9 and {@code _}: it stands in names of databases, roles and sessions, unquoted by most tools
 */
public record RunName(String id) {

    static final String PREFIX = "poolwright_";

    public RunName {
        // 24 leaves room below PostgreSQL's 63 bytes for the parts behind the name (NAMEDATALEN).
        if (!id.matches("[a-z0-9_]{1,24}")) {
            throw new IllegalArgumentException("run id = " + id + "; allowed are 1 to 24 of a-z, 0-9 and _");
        }
    }

    /** The name of the run's database or schema, and of its role. */
    public String onServer() {
        return PREFIX + id;
    }

    /** The {@code application_name} of a subject's sessions; they are counted and ended by it. */
    public String subject(String name) {
        return onServer() + "/" + name;
    }

    /** The session that lives as long as the run and tells others so. */
    String keeper() {
        return onServer() + ":keeper";
    }

    /** The session the run is watched through. */
    String observer() {
        return onServer() + ":observer";
    }
}
