package dev.poolwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code poolwright}. */
@Command(
        name = "poolwright",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Shows whether a fleet's database connection pools will hold, and what breaks first.",
        subcommands = {
            CheckCommand.class,
            GateCommand.class,
            InitCommand.class,
            LockCommand.class,
            SimCommand.class,
            LabCommand.class,
            ProveCommand.class,
            ProxyCommand.class,
            ScenariosCommand.class,
            ExplainCommand.class,
            UrlCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 as expected, or holds; 1 breaks, or error findings; 2 wrong use or unreadable input;",
            "4 INVALID or UNDECIDED."
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command; the exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Failures::tell)
                .execute(arguments);
    }

    /** The version, from the jar that this class is in. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"poolwright " + number()};
        }

        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
