package dev.poolwright.cli;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** {@code HOST:PORT} on the command line. */
final class Address {

    private static final int MOST_PORT = 65_535;

    private Address() {}

    /**
     * The address, or empty after a problem.
     *
     * @param loopback whether it must be one of this machine's own
     */
    static Optional<InetSocketAddress> read(String option, String text, boolean loopback, List<String> problems) {
        String allowed = "; allowed is HOST:PORT, for example 127.0.0.1:6432";
        if (text.isEmpty()) {
            problems.add(option + " is missing" + allowed);
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MOST_PORT) {
            problems.add(option + " = " + text + " is not an address" + allowed);
            return Optional.empty();
        }
        String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            problems.add(option + " = " + text + ": the host is not known; write its address or another name");
            return Optional.empty();
        }
        if (loopback && !address.getAddress().isLoopbackAddress()) {
            problems.add(
                    option + " = " + text + " is not a loopback address; allowed is 127.0.0.0/8 or ::1, because a proxy"
                            + " that breaks connections must not be reachable from elsewhere");
            return Optional.empty();
        }
        return Optional.of(address);
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
