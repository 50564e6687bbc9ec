package dev.poolwright.cli;

import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.rules.Checked;
import dev.poolwright.rules.Rules;
import dev.poolwright.scan.jvm.pool.JdbcUrl;
import dev.poolwright.scan.jvm.pool.WrittenPassword;
import dev.poolwright.startup.DatabaseUrl.Driver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that is wrong with one database URL: its parts, its driver, and what PW007, PW008 and PW009 say. */
final class UrlCheck {

    private static final Origin GIVEN = new Origin("URL", 0, 0);
    private static final Pattern PORT = Pattern.compile("://(?:[^/?#]*@)?[^/?#@]*?:([^:/?#@,\\]]*)(?:[/?#].*)?$");
    private static final Map<Driver, String> SCHEMES = Map.of(
            Driver.ASYNCPG, "postgresql\\+asyncpg",
            Driver.PSYCOPG, "postgresql\\+psycopg(_async)?",
            Driver.PSYCOPG2, "postgresql(\\+psycopg2)?",
            Driver.PGJDBC, "jdbc:(\\w+:)?postgresql",
            Driver.R2DBC, "r2dbcs?:(pool:)?postgres(ql)?",
            Driver.LIBPQ, "postgres(ql)?");

    private UrlCheck() {}

    /** One thing that is wrong, in one line and without a secret. */
    record Problem(Severity severity, String code, String says, String fix) {

        boolean isError() {
            return severity == Severity.ERROR;
        }

        @Override
        public String toString() {
            return (code.isEmpty() ? "" : code + " ") + severity.name().toLowerCase(Locale.ROOT) + ": " + says
                    + (fix.isEmpty() ? "" : " (do: " + fix + ")");
        }
    }

    /** Errors first. */
    static List<Problem> of(String text, Optional<Driver> driver, String environment) {
        JdbcUrl url = JdbcUrl.of(text)
                .orElseThrow(() ->
                        new WrongUse("URL = (not shown): is no database URL (allowed: scheme://host:port/database;"
                                + " do: begin it with the scheme of its driver, for example postgresql+asyncpg://)"));
        List<Problem> found = new ArrayList<>();
        driver.filter(one -> !url.scheme().matches(SCHEMES.getOrDefault(one, "")))
                .ifPresent(one -> found.add(error(
                        "scheme = " + url.scheme() + ": " + one.word() + " does not take it",
                        "the scheme that `poolwright url --driver " + one.word() + "` writes")));
        if (url.host().isEmpty() && !url.embedded() && !text.contains("/cloudsql/")) {
            found.add(error("host = (missing): must be a host name, an address or a socket", "name the server"));
        }
        if (url.database().isEmpty() && !url.embedded()) {
            found.add(
                    error("database = (missing): the driver takes the user's name in its place", "name the database"));
        }
        port(text).ifPresent(found::add);
        Facts facts = new Facts(
                List.of(url.fact("URL", WrittenPassword.NONE, environment, Place.MAIN, GIVEN)), Facts.NONE.coverage());
        Rules.check(Checked.of(facts)).stream().map(UrlCheck::problem).forEach(found::add);
        found.sort(Comparator.comparing(Problem::severity));
        return found;
    }

    private static Optional<Problem> port(String text) {
        Matcher port = PORT.matcher(text);
        if (!port.find() || port.group(1).contains("{")) {
            return Optional.empty();
        }
        String digits = port.group(1);
        boolean right =
                digits.matches("\\d{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
        // what stands there may be a part of a password with an @ that is not encoded, so it is not repeated
        return right ? Optional.empty() : Optional.of(error("port: must be from 1 to 65535", "5432 is PostgreSQL's"));
    }

    private static Problem problem(Finding finding) {
        return new Problem(finding.severity(), finding.code(), finding.message(), finding.fix());
    }

    private static Problem error(String says, String fix) {
        return new Problem(Severity.ERROR, "", says, fix);
    }
}
