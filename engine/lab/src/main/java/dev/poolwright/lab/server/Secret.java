package dev.poolwright.lab.server;

import java.security.SecureRandom;
import java.util.Base64;

/** A password that prints as {@code ***}. Immutable; never empty. */
public final class Secret {

    private static final SecureRandom CHANCE = new SecureRandom();

    private final String value;

    /** @throws IllegalArgumentException when empty: PostgreSQL knows no empty password */
    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a password is empty; leave it out instead");
        }
        this.value = value;
    }

    /** 144 bits that nobody has seen, in letters that need no escape in a URL, a file or a shell. */
    static Secret fresh() {
        byte[] bytes = new byte[18];
        CHANCE.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The password itself, for the one who logs in with it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
