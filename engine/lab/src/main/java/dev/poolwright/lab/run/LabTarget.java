package dev.poolwright.lab.run;

/**
 * The database of one run, as its subjects reach it.
 *
 * @param run name under which evidence is written
 * @param application prefix of the application name of its sessions
 * @param host of the server
 * @param port of the server
 * @param database of the run
 * @param user of the run
 * @param password of the user; never printed
 */
record LabTarget(String run, String application, String host, int port, String database, String user, String password) {

    private static final int HOUR_MILLIS = 3_600_000;

    /**
     * The URL of the run's database through a proxy on this machine. The driver gives a server 5 s to answer whether it
     * speaks TLS ({@code sslResponseTimeout}, pgjdbc 42.7); that is a limit of its own beside the declared ones, so it is
     * moved out of the way.
     */
    String through(int proxyPort) {
        return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/" + database + "?sslResponseTimeout=" + HOUR_MILLIS;
    }

    /** The URL of the run's database past every proxy. */
    String direct() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "database " + database + " on " + host + ":" + port;
    }
}
