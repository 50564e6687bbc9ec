package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() {
        assertThat(said(new NoSuchFileException("fleet/a.yaml"))).isEqualTo("fleet/a.yaml: no such file");
        assertThat(said(new AccessDeniedException("shop"))).isEqualTo("shop: access denied");
        assertThat(said(new AccessDeniedException("shop", null, "no permission to read this folder")))
                .isEqualTo("shop: no permission to read this folder");
    }

    private static String said(Exception failure) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new CheckCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(err, true));
        assertThat(Failures.tell(failure, command, command.parseArgs())).isEqualTo(2);
        return err.toString().strip();
    }
}
