package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.ProxyFaultsFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathSettings;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ProxyListener;
import dev.poolwright.proxy.ProxyReading;
import dev.poolwright.proxy.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolwright proxy}: stands before a server and breaks connections when told to. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description =
                "Stands before a PostgreSQL server and breaks connections on purpose, until it is ended (Ctrl-C).",
        subcommands = {ProxyClient.ListFaults.class, ProxyClient.Add.class, ProxyClient.Remove.class},
        footer = {
            "",
            "What it can do: docs/proxy.md and docs/faults. Change it while it runs, for example:",
            "  poolwright proxy add latency adds=20ms jitter=5ms for=30s --control http://127.0.0.1:7654",
            "  poolwright proxy remove latency --control http://127.0.0.1:7654"
        })
final class ProxyCommand implements Callable<Integer> {

    private static final long CLOSE_SECONDS = 10;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where clients connect to; a loopback address, port 0 for any free one")
    private String listen = "";

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "the PostgreSQL server, or a pooler before it")
    private String to = "";

    @Option(
            names = "--control",
            paramLabel = "HOST:PORT",
            description =
                    "where it is controlled over HTTP, without a password (default: ${DEFAULT-VALUE}, any free port)")
    private String control = "127.0.0.1:0";

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "faults in force from the beginning: a list under faults:")
    private Optional<Path> faults = Optional.empty();

    @Override
    public Integer call() throws Problems, IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Optional<InetSocketAddress> listens = Address.read("--listen", listen, true, problems);
        Optional<InetSocketAddress> leads = Address.read("--to", to, false, problems);
        Optional<InetSocketAddress> controlled = Address.read("--control", control, false, problems);
        if (listens.isEmpty() || leads.isEmpty() || controlled.isEmpty() || !problems.isEmpty()) {
            throw new WrongUse(String.join(System.lineSeparator(), problems));
        }
        List<ProxyFaultsFile.Wanted> wanted = faults.isEmpty()
                ? List.of()
                : ProxyFaultsFile.read(faults.get().toString(), Files.readString(faults.get()));
        run(listens.get(), leads.get(), controlled.get(), wanted);
        return 0;
    }

    private static void run(
            InetSocketAddress listens,
            InetSocketAddress leads,
            InetSocketAddress controlled,
            List<ProxyFaultsFile.Wanted> wanted)
            throws IOException, InterruptedException {
        Terminal terminal = new Terminal();
        try (Proxy proxy = start(new ProxySettings(
                        listens, leads, PathSettings.unlimited(), Clock.system(), new ProxyListener() {}));
                StandingFaults standing = new StandingFaults(proxy);
                ProxyControl http = new ProxyControl(controlled, proxy, standing, Address.text(leads))) {
            standing.replace(wanted);
            terminal.print(String.format(
                    "listens on   %s%nleads to     %s%ncontrolled   %s/status, %s/faults%n",
                    Address.text(new InetSocketAddress(listens.getAddress(), proxy.port())),
                    Address.text(leads),
                    http.url(),
                    http.url()));
            if (!controlled.getAddress().isLoopbackAddress()) {
                terminal.note(
                        "whoever reaches " + http.url() + " can break these connections: it asks for no password");
            }
            wanted.forEach(one -> terminal.print("in force     " + one.written() + System.lineSeparator()));
            terminal.print("ends with Ctrl-C" + System.lineSeparator());
            awaitEnd(proxy, standing, terminal);
        }
    }

    private static Proxy start(ProxySettings settings) {
        try {
            return Proxy.start(settings);
        } catch (IllegalStateException cannotBind) {
            throw new WrongUse(String.valueOf(cannotBind.getMessage()));
        }
    }

    /** The hook holds the JVM until everything is closed, with a bound. */
    private static void awaitEnd(Proxy proxy, StandingFaults standing, Terminal terminal) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ProxyReading seen = proxy.reading();
            standing.close();
            proxy.close();
            terminal.print(String.format(
                    "%nclosed: %,d connections were accepted, %,d were open, %,d refused%n",
                    seen.accepted(),
                    seen.path().open(),
                    seen.refused().values().stream().mapToLong(Long::longValue).sum()));
            closed.countDown();
            end.countDown();
        }));
        end.await();
        if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            terminal.note("not everything was closed within " + CLOSE_SECONDS + " s");
        }
    }
}
