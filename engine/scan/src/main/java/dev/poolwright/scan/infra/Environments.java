package dev.poolwright.scan.infra;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of environments, as folders and files say them. */
final class Environments {

    static final String PRODUCTION = "production";
    static final String STAGING = "staging";
    static final String DEVELOPMENT = "development";
    static final String TESTING = "test";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("production", PRODUCTION),
            Map.entry("prod", PRODUCTION),
            Map.entry("prd", PRODUCTION),
            Map.entry("live", PRODUCTION),
            Map.entry("staging", STAGING),
            Map.entry("stage", STAGING),
            Map.entry("stg", STAGING),
            Map.entry("preprod", STAGING),
            Map.entry("uat", STAGING),
            Map.entry("development", DEVELOPMENT),
            Map.entry("dev", DEVELOPMENT),
            Map.entry("develop", DEVELOPMENT),
            Map.entry("local", DEVELOPMENT),
            Map.entry("sandbox", DEVELOPMENT),
            Map.entry("test", TESTING),
            Map.entry("testing", TESTING),
            Map.entry("e2e", TESTING),
            Map.entry("ci", TESTING));
    private static final Set<String> NOT_DEPLOYED = Set.of(DEVELOPMENT, TESTING);

    private Environments() {}

    /** Of a name relative to the root: the file's own words first, then its folders from the nearest; empty when none says it. */
    static String of(String name) {
        String[] parts = name.toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            String found = word(parts[i]);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    /** Of one word or words with separators between them; empty when none is the name of an environment. */
    static String word(String words) {
        String found = "";
        for (String word : words.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
            String known = WORDS.getOrDefault(word, "");
            found = known.isEmpty() ? found : known;
        }
        return found;
    }

    /** Whether people run it for themselves or for tests. */
    static boolean isDevelopment(String environment) {
        return NOT_DEPLOYED.contains(environment);
    }
}
