package dev.poolwright.files.catalogue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that providers give their tiers, as names of the catalogue: by memory where the tier has a memory size. */
final class ManagedTiers {

    /** Cloud SQL: processors and memory in MB. */
    private static final Pattern CUSTOM = Pattern.compile("db-custom-(\\d{1,3})-(\\d{3,7})");

    /** Cloud SQL: named machine types, with their memory for each processor. */
    private static final Pattern MACHINE = Pattern.compile("db-(n1-standard|n1-highmem|perf-optimized-n)-(\\d{1,3})");

    private static final Map<String, Double> GB_PER_PROCESSOR =
            Map.of("n1-standard", 3.75, "n1-highmem", 6.5, "perf-optimized-n", 8.0);

    /** RDS: family and size. */
    private static final Pattern CLASS =
            Pattern.compile("db\\.([a-z]+)\\d[a-z]*\\.(micro|small|medium|large|xlarge|(\\d{1,2})xlarge)");

    /** GiB of the burstable and general families (t, m) from medium upwards as AWS lists them; memory optimized have twice that. */
    private static final Map<String, Integer> GIB =
            Map.of("micro", 1, "small", 2, "medium", 4, "large", 8, "xlarge", 16);

    private ManagedTiers() {}

    static Optional<String> name(String engine, String tier) {
        String plain = tier.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("db-f1-micro") || plain.equals("db-g1-small")) {
            return Optional.of("gcp/cloud-sql/" + engine + "/" + plain);
        }
        Matcher custom = CUSTOM.matcher(plain);
        if (custom.matches()) {
            return cloudSql(engine, Integer.parseInt(custom.group(2)) / 1024.0);
        }
        Matcher machine = MACHINE.matcher(plain);
        if (machine.matches()) {
            double each = GB_PER_PROCESSOR.getOrDefault(machine.group(1), 0.0);
            return cloudSql(engine, each * Integer.parseInt(machine.group(2)));
        }
        Matcher rds = CLASS.matcher(plain);
        return rds.matches() ? rds(engine, rds) : Optional.empty();
    }

    private static Optional<String> cloudSql(String engine, double gigabytes) {
        return Optional.of("gcp/cloud-sql/" + engine + "/" + text(gigabytes) + "GB");
    }

    private static Optional<String> rds(String engine, Matcher rds) {
        String family = rds.group(1);
        if (!family.equals("t") && !family.equals("m") && !family.equals("r")) {
            return Optional.empty();
        }
        int times = rds.group(3) == null ? 1 : Integer.parseInt(rds.group(3));
        int gib = times * GIB.getOrDefault(rds.group(3) == null ? rds.group(2) : "xlarge", 0);
        return Optional.of("aws/rds/" + engine + "/" + (family.equals("r") ? 2 * gib : gib) + "GiB");
    }

    /** The catalogue reads at most three decimals. */
    private static String text(double gigabytes) {
        return String.format(Locale.ROOT, "%.3f", gigabytes);
    }
}
