package io.atalaya.ops;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class FuzzScriptTest {
    /** Not after a build and a run of all tests. */
    @Test
    void rejectsAnUnknownTargetBeforeBuilding() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("../../scripts/fuzz", "list-csv", "nope")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).isEqualTo("fuzz: got target nope, expected one of docs/fuzzing.md\n");
    }
}
