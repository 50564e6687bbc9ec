package dev.poolwright.report;

import dev.poolwright.model.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stays the same of a finding while the file around it changes: its code, its subject, its file and the text of the
 * line that it points at, but neither line numbers nor figures.
 */
public final class Fingerprint {

    private static final int BYTES = 12;

    private Fingerprint() {}

    /** 24 hexadecimal digits. */
    public static String of(Finding finding, Excerpts excerpts) {
        String line = excerpts.line(finding.origin()).orElse("").strip();
        String text = String.join(
                "\n", finding.code(), finding.subject(), finding.origin().file(), line);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
