package dev.poolwright.lab.run;

import dev.poolwright.model.scenario.Fault;
import dev.poolwright.model.scenario.ProxyFault;
import dev.poolwright.proxy.AcceptSilent;
import dev.poolwright.proxy.Bandwidth;
import dev.poolwright.proxy.CannotConnectNow;
import dev.poolwright.proxy.ConnectRate;
import dev.poolwright.proxy.CutAfter;
import dev.poolwright.proxy.Direction;
import dev.poolwright.proxy.FailOver;
import dev.poolwright.proxy.HalfOpen;
import dev.poolwright.proxy.IdleCutOff;
import dev.poolwright.proxy.Latency;
import dev.poolwright.proxy.PathCap;
import dev.poolwright.proxy.Refuse;
import dev.poolwright.proxy.Reset;
import dev.poolwright.proxy.ResultBreak;
import dev.poolwright.proxy.ServerCrash;
import dev.poolwright.proxy.ServerFull;
import dev.poolwright.proxy.ServerShutdown;
import dev.poolwright.proxy.Slicing;
import dev.poolwright.proxy.SlowAuth;
import dev.poolwright.proxy.SlowClose;
import dev.poolwright.proxy.SlowConnect;
import dev.poolwright.proxy.Stall;
import dev.poolwright.proxy.StatementError;
import dev.poolwright.proxy.Way;
import dev.poolwright.proxy.WrongPassword;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What a fault of a scenario is in a proxy. */
public final class ProxyFaults {

    private ProxyFaults() {}

    /**
     * The proxy's fault, or empty when it is nothing that a proxy does.
     *
     * @param full what a server that is full is there, which depends on the server
     */
    public static Optional<dev.poolwright.proxy.Fault> of(Fault fault, FullServer full) {
        if (fault instanceof Fault.PathCap cap) {
            return Optional.of(new PathCap(cap.connections(), cap.scaleOutDelay()));
        }
        if (fault instanceof Fault.Latency latency) {
            return Optional.of(Latency.ofRoundTrip(latency.adds(), latency.jitter()));
        }
        if (fault instanceof Fault.SlowConnect slow) {
            return Optional.of(new SlowConnect(slow.adds()));
        }
        if (fault instanceof Fault.ServerFull one) {
            return Optional.of(full.limit(one));
        }
        if (fault instanceof Fault.Reset) {
            return Optional.of(new Reset());
        }
        if (fault instanceof ProxyFault one) {
            return Optional.of(one.onServer() ? onServer(one) : onPath(one));
        }
        return Optional.empty();
    }

    /** The limit that a server has while others take its connections. */
    @FunctionalInterface
    public interface FullServer {
        ServerFull limit(Fault.ServerFull fault);
    }

    private static dev.poolwright.proxy.Fault onPath(ProxyFault fault) {
        if (fault instanceof ProxyFault.Bandwidth bandwidth) {
            return new Bandwidth(Math.max(1, bandwidth.bitsPerSecond() / Byte.SIZE), bandwidth.grows());
        }
        if (fault instanceof ProxyFault.Stall stall) {
            return new Stall(Way.valueOf(stall.way().name()));
        }
        if (fault instanceof ProxyFault.HalfOpen) {
            return new HalfOpen();
        }
        if (fault instanceof ProxyFault.SlowClose slow) {
            return new SlowClose(slow.adds());
        }
        if (fault instanceof ProxyFault.Refuse) {
            return new Refuse();
        }
        if (fault instanceof ProxyFault.AcceptSilent) {
            return new AcceptSilent();
        }
        if (fault instanceof ProxyFault.CutAfter cut) {
            return new CutAfter(cut.bytes(), cut.toServer() ? Direction.TO_SERVER : Direction.TO_CLIENT, cut.reset());
        }
        if (fault instanceof ProxyFault.Slicing slicing) {
            return new Slicing(slicing.bytes(), slicing.pause());
        }
        if (fault instanceof ProxyFault.IdleCutOff idle) {
            return new IdleCutOff(idle.after(), idle.reset());
        }
        if (fault instanceof ProxyFault.ConnectRate rate) {
            return new ConnectRate(rate.perSecond());
        }
        throw new IllegalStateException("the proxy knows no fault " + fault.word() + " of a path");
    }

    private static dev.poolwright.proxy.Fault onServer(ProxyFault fault) {
        if (fault instanceof ProxyFault.ServerShutdown) {
            return new ServerShutdown();
        }
        if (fault instanceof ProxyFault.ServerCrash) {
            return new ServerCrash();
        }
        if (fault instanceof ProxyFault.CannotConnectNow now) {
            return new CannotConnectNow(
                    CannotConnectNow.State.valueOf(now.state().name()));
        }
        if (fault instanceof ProxyFault.WrongPassword) {
            return new WrongPassword();
        }
        if (fault instanceof ProxyFault.SlowAuth slow) {
            return new SlowAuth(slow.adds());
        }
        if (fault instanceof ProxyFault.ResultBreak broken) {
            return new ResultBreak(broken.rows(), broken.cut());
        }
        if (fault instanceof ProxyFault.StatementError error) {
            return new StatementError(
                    error.statement(), StatementError.Kind.valueOf(error.error().name()));
        }
        if (fault instanceof ProxyFault.FailOver over) {
            return new FailOver(over.to().isEmpty() ? Optional.empty() : Optional.of(address(over.to())));
        }
        throw new IllegalStateException("the proxy knows no fault " + fault.word() + " of a server");
    }

    /** {@code HOST:PORT}, an address of version 6 in brackets. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(text.substring(colon + 1)));
    }
}
