package dev.poolwright.scan.jvm.pool;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import java.util.Locale;
import java.util.Set;

/** Tells how a password is written, and forgets it. */
public final class Passwords {

    private static final Set<String> LOCAL = Set.of(
            "root",
            "postgres",
            "postgresql",
            "mysql",
            "mariadb",
            "admin",
            "password",
            "passwd",
            "pass",
            "pwd",
            "secret",
            "changeme",
            "change_me",
            "change-me",
            "changeit",
            "test",
            "testing",
            "example",
            "demo",
            "dev",
            "develop",
            "local",
            "localhost",
            "docker",
            "sa",
            "user",
            "username",
            "guest",
            "default",
            "oracle",
            "system",
            "tiger",
            "scott",
            "welcome",
            "qwerty",
            "abc123",
            "p@ssw0rd",
            "passw0rd",
            "root_pwd",
            "db_password",
            "your_password",
            "yourpassword",
            "your-password",
            "mypassword",
            "my-secret-pw",
            "toor",
            "foobar",
            "foo",
            "bar",
            "xxx",
            "xxxx",
            "xxxxxx",
            "***",
            "******");

    private Passwords() {}

    /** {@code username} is that of the same database; people repeat it on a machine of their own. */
    public static Password of(String written, String... names) {
        String text = written.strip();
        if (text.isEmpty() || text.equals("~") || text.equals("null")) {
            return Password.NONE;
        }
        if (text.matches("(?s).*(\\$\\{|#\\{|\\{\\{|%\\(|@[\\w.]+@|\\$\\().*")
                || text.matches("(?i)(ENC\\(|vault:|\\{cipher}|sm:|aws:).*")) {
            return Password.REFERENCE;
        }
        String plain = text.toLowerCase(Locale.ROOT);
        boolean digits = plain.length() <= 9 && "1234567890".startsWith(plain);
        boolean repeated = plain.chars().distinct().count() == 1;
        boolean named = Set.of(names).contains(text);
        boolean local = plain.matches(".*(changeme|change_me|example|placeholder|your[-_ ]?pass|<.*>).*")
                || plain.matches(
                        "(root|admin|postgres|mysql|test|dev|user|password|pass|secret)[-_@!#]?(\\d{1,6}|root|admin|password|pass|pwd|secret|user)[!@#]?");
        // a word of letters alone is what people take for a machine of their own; generated ones have digits
        boolean word = plain.matches("[a-z]+([-_@]?\\d{1,4})?[!@#]?");
        return word || digits || repeated || named || local || LOCAL.contains(plain)
                ? Password.PLACEHOLDER
                : Password.LITERAL;
    }
}
