package dev.poolwright.lab.subject;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a subject connects to, and as whom.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, with options of the driver behind a {@code ?}
 * @param password never printed
 * @param application name that the server shows for its sessions
 */
public record Login(String jdbcUrl, String user, String password, String application) {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:/?]+):(\\d{1,5})/([^?]+)(\\?.*)?");

    public Login {
        if (!URL.matcher(jdbcUrl).matches()) {
            throw new IllegalArgumentException("URL = " + withoutOptions(jdbcUrl)
                    + ": must be jdbc:postgresql://host:port/database, the port included");
        }
    }

    String host() {
        return part(1);
    }

    int port() {
        return Integer.parseInt(part(2));
    }

    String database() {
        return part(3);
    }

    /** Whether statements must not outlive their transaction on the server ({@code prepareThreshold=0}), as behind a pooler. */
    boolean unnamedStatements() {
        return jdbcUrl.contains("prepareThreshold=0");
    }

    private String part(int number) {
        Matcher matcher = URL.matcher(jdbcUrl);
        if (!matcher.matches()) {
            throw new IllegalStateException("checked when it was made");
        }
        return matcher.group(number);
    }

    /** Options can carry a password. */
    private static String withoutOptions(String url) {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return application + " as " + user + " at " + withoutOptions(jdbcUrl);
    }
}
