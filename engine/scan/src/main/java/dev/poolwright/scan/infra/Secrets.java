package dev.poolwright.scan.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of what manifests set, before it enters a fact. Rather masks too much than too little. */
final class Secrets {

    static final String MASK = "***";

    private static final Pattern ALWAYS = Pattern.compile(
            "(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|PRIVATE_?KEY|_PWD|_PASS)s?([_.\\d-].*)?|PWD|PASS");
    private static final Pattern UNLESS_PLAIN = Pattern.compile(
            "(?i)(.*[_.-])?(\\w*TOKENS?|\\w*KEYS?|SALT|PEPPER|AUTH|SIGNATURE|COOKIE|LICENSE|DSN)([_.-].*)?");
    private static final Pattern PLAIN =
            Pattern.compile("(?i)-?\\d{1,9}(\\.\\d+)?(s|ms|m|h)?|true|false|yes|no|on|off|none|null|");
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s\"']+@");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)\\b(password|passwd|pwd|user|username|sslpassword|token|secret|api[_-]?key|access[_-]?key)(=|:\\s?)(?!\\*{3})[^&;\\s\"',}]+");
    private static final Pattern TOKEN = Pattern.compile(
            "AKIA[0-9A-Z]{12,}|gh[pousr]_\\w{20,}|sk-[\\w-]{16,}|eyJ[\\w-]{10,}\\.[\\w.-]{10,}|AIza[\\w-]{30,}|xox[bpa]-[\\w-]{10,}|-----BEGIN[\\s\\S]*");

    private Secrets() {}

    /** A variable's value, masked where its name or it looks like a secret. A reference ({@code ${X}}) is none. */
    static String masked(String name, String value) {
        boolean reference = value.matches("\\$\\{?\\w+}?|\\{\\{.*}}");
        if (value.isEmpty() || reference) {
            return value;
        }
        if (ALWAYS.matcher(name).matches() && !value.matches("(?i)true|false")) {
            return MASK;
        }
        boolean named = UNLESS_PLAIN.matcher(name).matches();
        if (named && !PLAIN.matcher(value).matches() && !value.contains("://")) {
            return MASK;
        }
        return masked(value);
    }

    /** Text with user names and passwords of URLs and settings, and well-known forms of tokens, masked. */
    static String masked(String text) {
        String urls = USER_INFO.matcher(text).replaceAll("$1" + MASK + ":" + MASK + "@");
        String parameters = PARAMETER.matcher(urls).replaceAll("$1$2" + MASK);
        return TOKEN.matcher(parameters).replaceAll(MASK);
    }

    /** Words of a command, masked, with the value of an option like {@code --password}. */
    static List<String> masked(List<String> words) {
        List<String> masked = new ArrayList<>();
        boolean secret = false;
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals > 0 ? word.substring(0, equals) : word;
            boolean named = ALWAYS.matcher(name.replaceFirst("^-+", "").replace('-', '_'))
                    .matches();
            if (secret && !word.startsWith("-")) {
                masked.add(MASK);
            } else {
                masked.add(equals > 0 && named ? name + "=" + MASK : masked(word));
            }
            secret = named && equals < 0 && word.startsWith("--");
        }
        return masked;
    }
}
