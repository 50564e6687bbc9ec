package dev.poolwright.proxy;

/**
 * Nobody listens at the address. Put on all connections, the port is closed and a connect is refused by the operating system;
 * put on a share, those that are hit are accepted and reset at once. Open connections run on.
 */
public record Refuse() implements Fault {

    @Override
    public Reception reception() {
        return Reception.REFUSED;
    }
}
