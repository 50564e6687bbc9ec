package dev.poolwright.cli;

import dev.poolwright.report.Envelope;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/** What stands around a run record: version, host, time. */
final class Session {

    private Session() {}

    static Envelope envelope() {
        return new Envelope(
                Main.Version.number(),
                host(),
                Clock.systemUTC().instant(),
                System.getProperty("java.runtime.version", ""));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed host: " + e.getMessage();
        }
    }
}
