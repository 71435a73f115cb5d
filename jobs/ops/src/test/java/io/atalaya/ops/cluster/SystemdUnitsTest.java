package io.atalaya.ops.cluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/** Checks {@code flink-conf/systemd} with systemd's own tools. */
@Tag("attack")
class SystemdUnitsTest {
    private static final Path UNITS = Path.of("../../flink-conf/systemd");
    private static final String COMMON = "atalaya-.service.d/common.conf";

    /** Programs of Flink and Kafka, which are not installed on this machine. */
    private static final Pattern PROGRAM =
            Pattern.compile("^ExecStart=(/opt/\\S+)", Pattern.MULTILINE);

    private static final Pattern SECRET =
            Pattern.compile("/etc/atalaya/\\S+\\.(key|properties|yaml)");

    /**
     * In tenths of systemd's scale from 0 (closed) to 10 (open); a unit without settings has 96.
     */
    private static final int MAX_EXPOSURE = 20;

    @TempDir private Path directory;

    private final List<String> units = new ArrayList<>();

    private record Result(int code, String out) {}

    @BeforeEach
    void copy() throws IOException {
        Path programs = directory.resolve("programs");
        for (Map.Entry<String, String> unit : texts().entrySet()) {
            String text = unit.getValue();
            for (Matcher program = PROGRAM.matcher(text); program.find(); ) {
                Path stub = programs.resolve(program.group(1).substring(1));
                Files.createDirectories(stub.getParent());
                Files.writeString(stub, "#!/bin/sh\n");
                Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            write(
                    unit.getKey(),
                    text.replace("ExecStart=/opt/", "ExecStart=" + programs + "/opt/"));
            if (unit.getKey().endsWith(".service")) {
                units.add(directory.resolve(unit.getKey().replace("@.", "@1.")).toString());
            }
        }
        assertThat(units).hasSize(7);
    }

    @Test
    void systemdFindsNoFault() throws Exception {
        assertThat(verify()).isEqualTo(new Result(0, ""));
    }

    @Test
    void findsAFaultInTheSharedPart() throws Exception {
        write(COMMON, texts().get(COMMON).replace("RestartSec=1s", "RestartSec=soon"));

        assertThat(verify().out()).contains("Failed to parse").contains("soon");
    }

    @Test
    void unitsHaveOnlyTheAccessThatTheyNeed() throws Exception {
        for (String unit : units) {
            Result result = security(unit);
            assertThat(result.code()).as(result.out()).isZero();
        }
        write(COMMON, "[Service]\nUser=%p\n");

        assertThat(security(units.get(0)).code()).isNotZero();
    }

    /** A service that is taken over must not read the keys of another. */
    @Test
    void eachServiceHasAUserAndFilesOfItsOwn() throws Exception {
        Map<String, String> owners = new HashMap<>();
        for (Map.Entry<String, String> unit : texts().entrySet()) {
            assertThat(unit.getValue().lines().filter(line -> line.startsWith("User=")))
                    .as(unit.getKey())
                    .containsExactlyElementsOf(
                            unit.getKey().equals(COMMON) ? List.of("User=%p") : List.of());
            // The shared part is read last, so that a value there would be that of all.
            String mask = unit.getValue().contains("Group=atalaya-flink") ? "0007" : "0077";
            if (unit.getKey().endsWith(".service")) {
                assertThat(unit.getValue()).as(unit.getKey()).contains("UMask=" + mask);
            }
            for (Matcher file = SECRET.matcher(unit.getValue()); file.find(); ) {
                assertThat(owners.put(file.group(), unit.getKey())).as(file.group()).isNull();
            }
        }
        assertThat(owners.keySet())
                .contains("/etc/atalaya/notary.key", "/etc/atalaya/console.properties");
        assertThat(texts().get(COMMON)).contains("StateDirectory=%p").doesNotContain("UMask=");
    }

    private Result verify() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("verify", "--man=no"));
        arguments.addAll(units);
        return analyze(arguments);
    }

    private static Result security(String unit) throws Exception {
        return analyze(
                List.of(
                        "security",
                        "--no-pager",
                        "--offline=true",
                        "--threshold=" + MAX_EXPOSURE,
                        unit));
    }

    private static Result analyze(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("systemd-analyze is not installed (Debian: apt-get install systemd)");
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out);
    }

    /** Returns the text of each unit by its path below the directory of the units. */
    private static Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(UNITS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(UNITS.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
