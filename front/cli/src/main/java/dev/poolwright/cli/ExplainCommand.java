package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.rules.Rules;
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
    public Integer call() {
        String wanted = code.toUpperCase(Locale.ROOT);
        if (Rules.all().stream().noneMatch(rule -> rule.code().equals(wanted))) {
            throw new WrongUse("rule = " + code + ": there is none of that code; allowed is one of "
                    + String.join(
                            ", ", Rules.all().stream().map(rule -> rule.code()).toList()));
        }
        new Terminal().print(RulePages.text(wanted));
        return 0;
    }
}
