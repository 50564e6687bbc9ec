package dev.poolwright.lab.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Whether a host is this machine and nothing but this machine. */
final class Loopback {

    /** How names become addresses; the network is asked here and nowhere else. */
    interface Names {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    private Loopback() {}

    static List<InetAddress> system(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /** 127.0.0.0/8 and ::1. A name with one address elsewhere is elsewhere: the driver may take any of them. */
    static boolean all(List<InetAddress> addresses) {
        return !addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }
}
