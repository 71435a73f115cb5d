package io.atalaya.console;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * The screen in a browser, with a real broker and the real server, which are killed while a shift
 * goes on: {@code console/web/tests/real.test.ts}.
 */
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Tag("attack")
class BrowserIT {
    /** How the script says that something is missing which not every machine has. */
    private static final int MISSING = 3;

    @TempDir private Path directory;

    @Test
    void nothingIsMissingOrDoubledOnTheScreen() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("../../scripts/lib/browser-tests");
        builder.environment().put("TMPDIR", directory.toString());
        Process process = builder.redirectErrorStream(true).start();
        String last = "";
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println(line);
                last = line.isBlank() ? last : line;
            }
        } finally {
            process.destroy();
        }
        int status = process.waitFor();
        assumeFalse(status == MISSING, last);
        assertThat(status).as("see the output").isZero();
    }
}
