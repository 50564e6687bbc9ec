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

    /** The URL of the run's database through a proxy on this machine. */
    String through(int proxyPort) {
        return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/" + database;
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
