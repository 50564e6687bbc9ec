package dev.poolwright.rules;

import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Finding.Term;
import dev.poolwright.model.fleet.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Settings that are written and that nothing reads. */
final class PW023InertSetting extends FactRule {

    /** Words of keys that decide how many connections there are and who waits how long. */
    private static final List<String> WEIGHTY = List.of(
            "size",
            "max",
            "min",
            "timeout",
            "wait",
            "overflow",
            "limit",
            "recycle",
            "lifetime",
            "idle",
            "active",
            "age");

    @Override
    public String code() {
        return "PW023";
    }

    /** One finding for the settings of one block that are idle. */
    @Override
    List<Told> tell(Checked checked) {
        Map<String, List<IdleSetting>> groups = new LinkedHashMap<>();
        for (IdleSetting one : checked.facts().of(IdleSetting.class)) {
            String block = String.join(" ", one.origin().file(), one.pool(), one.library());
            groups.computeIfAbsent(block + one.place(), key -> new ArrayList<>())
                    .add(one);
        }
        return groups.values().stream()
                .map(group -> new Told(finding(group), group.get(0).place()))
                .toList();
    }

    private Finding finding(List<IdleSetting> settings) {
        // what bounds the pool is named first: jmxEnabled says nothing, maxActive does
        List<IdleSetting> group = settings.stream()
                .sorted(Comparator.comparingInt(PW023InertSetting::rank))
                .toList();
        IdleSetting first = group.get(0);
        boolean alike = group.stream().map(IdleSetting::why).distinct().count() == 1;
        List<Term> terms = new ArrayList<>();
        for (IdleSetting one : group) {
            terms.add(Terms.of(one.key(), one.value() + (alike ? "" : " (" + one.why() + ")"), one.origin()));
        }
        if (alike) {
            terms.add(Terms.of("because", first.why()));
        }
        group.stream()
                .map(IdleSetting::effective)
                .filter(effective -> !effective.isEmpty())
                .distinct()
                .forEach(effective -> terms.add(Terms.of("what counts", effective)));
        group.stream().map(IdleSetting::steps).distinct().forEach(steps -> {
            for (Step step : steps) {
                terms.add(Terms.of("shown by", step.what(), step.origin()));
            }
        });
        boolean weighty = group.stream().anyMatch(PW023InertSetting::weighty);
        String keys = group.size() == 1 ? first.key() : first.key() + " and " + (group.size() - 1) + " more";
        return new Finding(
                code(),
                weighty ? Severity.WARNING : Severity.NOTE,
                "nothing reads " + keys + ": " + first.why(),
                first.pool().isEmpty() ? first.key() : first.pool(),
                terms,
                "the names that the pool in use reads, or remove them",
                first.origin());
    }

    private static int rank(IdleSetting setting) {
        String key = setting.key().toLowerCase(Locale.ROOT);
        return key.contains("max") || key.contains("pool") ? 0 : weighty(setting) ? 1 : 2;
    }

    private static boolean weighty(IdleSetting setting) {
        String key = setting.key().toLowerCase(Locale.ROOT);
        return WEIGHTY.stream().anyMatch(key::contains);
    }
}
