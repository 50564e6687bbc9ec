package dev.poolwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code poolwright}. Exit codes: 0 as expected, 2 wrong use or unreadable input; the subcommands add
 * their own (1 breaks, 4 invalid or undecided).
 */
@Command(
        name = "poolwright",
        description = "Shows whether a fleet's database connection pools will hold, and what breaks first.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.FromManifest.class)
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run()
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** Called when no subcommand was named, which is a wrong use. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was named");
    }

    /** The version is written once, in the build, and travels in the jar's manifest. */
    static final class FromManifest implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"poolwright " + (version == null ? "(not packaged)" : version)};
        }
    }
}
