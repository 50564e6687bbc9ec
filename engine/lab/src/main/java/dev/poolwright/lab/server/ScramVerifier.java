package dev.poolwright.lab.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server stores of a password (RFC 5802 and 5803). Made here, so that the password itself is in no statement:
 * those stand in the server's log and in pg_stat_activity. For passwords in ASCII, which need no SASLprep.
 */
final class ScramVerifier {

    /** As PostgreSQL's own default (SCRAM_SHA_256_DEFAULT_ITERATIONS): a log-in costs what it costs elsewhere. */
    private static final int ITERATIONS = 4096;

    private ScramVerifier() {}

    static String of(Secret password) {
        // Salt and password are both fresh; the salt only has to differ between roles.
        byte[] salt = Secret.fresh().reveal().substring(0, 16).getBytes(StandardCharsets.US_ASCII);
        try {
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, ITERATIONS, 256);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            return "SCRAM-SHA-256$" + ITERATIONS + ":" + text(salt) + "$" + text(stored) + ":"
                    + text(hmac(salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this Java has no PBKDF2WithHmacSHA256 or SHA-256, which every Java must have", e);
        }
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
