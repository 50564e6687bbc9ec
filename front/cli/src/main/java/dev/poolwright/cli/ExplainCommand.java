package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code poolwright explain}: prints a rule's page. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Prints the page of a rule.")
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CODE", description = "code of a rule, for example PW010")
    private String code = "";

    @Override
    public Integer call() throws IOException {
        String wanted = code.toUpperCase(Locale.ROOT);
        if (Rules.all().stream().noneMatch(rule -> rule.code().equals(wanted))) {
            throw new WrongUse("rule = " + code + ": there is none of that code; allowed is one of "
                    + String.join(
                            ", ", Rules.all().stream().map(rule -> rule.code()).toList()));
        }
        try (InputStream page = ExplainCommand.class.getResourceAsStream("/docs/rules/" + wanted + ".md")) {
            if (page == null) {
                throw new WrongUse("rule = " + wanted + ": its page is missing from this build; build anew");
            }
            new Terminal().print(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        }
        return 0;
    }
}
