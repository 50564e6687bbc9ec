package dev.poolwright.rules;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.LibraryInUse;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Django keeps a connection for each thread, and under ASGI the threads come and go: each leaves its connection open until
 * CONN_MAX_AGE is over (Django's documentation: persistent connections are to be off under ASGI).
 */
final class PW049MaxAgeUnderAsgi extends FactRule {

    private static final Set<String> SERVERS = Set.of("daphne", "uvicorn", "hypercorn", "granian");

    @Override
    public String code() {
        return "PW049";
    }

    @Override
    List<Told> tell(Checked checked) {
        Optional<Term> asgi = asgi(checked.facts());
        List<Told> told = new ArrayList<>();
        if (asgi.isEmpty()) {
            return told;
        }
        for (DeclaredPool pool : checked.facts().of(DeclaredPool.class)) {
            Value<Object> age = pool.settings().get("CONN_MAX_AGE");
            if (pool.stack().library().equals("django") && age != null && kept(age)) {
                boolean always = age.complete() && age.possible().stream().allMatch(PW049MaxAgeUnderAsgi::keeps);
                told.add(new Told(
                        new Finding(
                                code(),
                                always ? Severity.WARNING : Severity.NOTE,
                                "CONN_MAX_AGE = " + shown(age) + " of " + pool.name()
                                        + " under ASGI leaves connections behind",
                                pool.name(),
                                List.of(Terms.of("CONN_MAX_AGE", shown(age), age.origin()), asgi.get()),
                                "CONN_MAX_AGE = 0 for what runs under ASGI, or Django's pool",
                                age.origin()),
                        pool.place()));
            }
        }
        return told;
    }

    private static boolean kept(Value<Object> age) {
        return age.possible().stream().anyMatch(PW049MaxAgeUnderAsgi::keeps);
    }

    /** {@code None} is for ever. */
    private static boolean keeps(Object age) {
        String text = String.valueOf(age);
        return text.equals("None") || (text.matches("\\d{1,12}(\\.\\d+)?") && Double.parseDouble(text) > 0);
    }

    private static String shown(Value<Object> age) {
        return age.single().map(String::valueOf).orElseGet(age::toString);
    }

    private static Optional<Term> asgi(Facts facts) {
        Optional<Term> workers = facts.main(Workers.class)
                .filter(one -> one.asgi() || SERVERS.contains(one.server()))
                .map(one -> Terms.of("ASGI server", one.server(), one.origin()))
                .findFirst();
        if (workers.isPresent()) {
            return workers;
        }
        Optional<Term> command = facts.main(Deployment.class)
                .filter(one ->
                        one.command().stream().anyMatch(word -> SERVERS.stream().anyMatch(word::contains)))
                .map(one -> Terms.of("ASGI server", String.join(" ", one.command()), one.origin()))
                .findFirst();
        return command.isPresent()
                ? command
                : facts.main(LibraryInUse.class)
                        .filter(one -> one.name().equals("daphne"))
                        .map(one -> Terms.of("ASGI server", one.name(), one.origin()))
                        .findFirst();
    }
}
