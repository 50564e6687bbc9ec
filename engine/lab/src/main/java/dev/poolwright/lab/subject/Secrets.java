package dev.poolwright.lab.subject;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of text: passwords in URLs, and the values of variables whose name says that they are secret. */
final class Secrets {
    private static final String MASK = "***";
    private static final Pattern IN_URL = Pattern.compile("(?<=://)([^/@\\s:]*):[^/@\\s]*@");
    private static final Pattern NAME = Pattern.compile("PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE|API_?KEY|PGPASS");

    private final Set<String> values = new LinkedHashSet<>();

    Secrets(URI databaseUrl, Map<String, String> environment) {
        String raw = databaseUrl.getRawUserInfo();
        int colon = raw == null ? -1 : raw.indexOf(':');
        if (raw != null && colon >= 0) {
            String user = URLDecoder.decode(raw.substring(0, colon), StandardCharsets.UTF_8);
            String password = raw.substring(colon + 1);
            add(password, user);
            add(URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8), user);
        }
        environment.forEach((name, value) -> {
            if (NAME.matcher(name.toUpperCase(Locale.ROOT)).find()) {
                add(value, "");
            }
        });
    }

    /** A password that is the user's name is no secret as a word; within a URL it is masked all the same. */
    private void add(String value, String user) {
        if (!value.isEmpty() && !value.equals(user)) {
            values.add(value);
        }
    }

    String mask(String text) {
        String masked = IN_URL.matcher(text).replaceAll("$1:" + Matcher.quoteReplacement(MASK) + "@");
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }
}
