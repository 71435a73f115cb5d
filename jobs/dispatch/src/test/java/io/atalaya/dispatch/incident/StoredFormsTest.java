package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.testutils.HeldTypes;
import io.atalaya.testutils.Regenerate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The stored form of what the incident operator keeps must not change by accident. */
public class StoredFormsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/stored");

    /** A line for each value: its section, and the value as stored. */
    private static final Path VALUES = DIRECTORY.resolve("values.txt");

    /** Begins each stored value. */
    private static final char VERSION = 1;

    private static final Path TYPES = DIRECTORY.resolve("types.txt");
    private static final String WRITE_AGAIN =
            Regenerate.with("jobs/dispatch", StoredFormsTest.class);

    @BeforeAll
    static void writeAgainIfAsked() throws IOException {
        if (Regenerate.isAsked()) {
            Files.createDirectories(DIRECTORY);
            Files.write(VALUES, values());
            Files.write(TYPES, types());
        }
    }

    /** The sections, the fields of their types, and the constants of enums. */
    public static List<String> types() {
        HeldTypes held =
                HeldTypes.of(
                        Stream.concat(
                                Arrays.stream(Section.values()).map(Section::type),
                                Stream.<Class<?>>of(ArrivalClock.State.class, PolicyUpdate.class)));
        List<String> lines = new ArrayList<>();
        for (Section section : Section.values()) {
            lines.add(section + " of " + section.type().getSimpleName());
        }
        lines.addAll(held.others());
        lines.addAll(held.enums());
        return lines;
    }

    @Test
    void theTypesAreAsStored() {
        assertThat(TYPES)
                .as("the form in savepoints changed: if that is intended, %s", WRITE_AGAIN)
                .hasContent(String.join("\n", types()));
    }

    @Test
    void whatWasStoredIsReadAndWrittenTheSame() throws IOException {
        Set<Section> sections = new TreeSet<>();
        for (String line : Files.readAllLines(VALUES)) {
            Section section = Section.valueOf(line.substring(0, line.indexOf(' ')));
            String stored = VERSION + line.substring(line.indexOf(' ') + 1);
            byte[] written = section.write(section.read(stored.getBytes(StandardCharsets.UTF_8)));
            assertThat(new String(written, StandardCharsets.UTF_8))
                    .as(WRITE_AGAIN)
                    .isEqualTo(stored);
            sections.add(section);
        }
        assertThat(sections).containsExactly(Section.values());
    }

    /** One value of each form: what differs only in its texts and numbers is left out. */
    private static List<String> values() {
        EngineRun run = new EngineRun();
        run.heartbeat(EngineRun.TOLUCA);
        run.heartbeat(EngineRun.ECATEPEC);
        run.engine.mute(
                "M",
                new Mute(
                        "M",
                        new Mute.Matcher(Incident.Kind.PLACE, "traffic", null, null, null, null),
                        "op",
                        "feria",
                        "C-1",
                        run.now,
                        run.now + EngineRun.MINUTE * 60),
                run.now);
        run.add(run.call("a", "crash", 0), run.call("muted", "traffic", 3_000));
        run.add(run.alert("b", "stolen-vehicle", Subject.VEHICLE, 9_000, "NKR4816"));
        run.add(run.press("c", 6_000), run.review("d", 12_000), run.duress("e", 15_000));
        run.pass(20 * EngineRun.SECOND, Set.of(EngineRun.TOLUCA));
        run.respond(run.of("a"), EngineRun.TOLUCA, new DispatchResponse.Accept(null, "CAD-7"));
        run.respond(run.of("a"), EngineRun.TOLUCA, new DispatchResponse.Note("nota"));
        run.respond(run.of("b"), EngineRun.TOLUCA, new DispatchResponse.Acknowledge());
        run.respond(run.of("c"), EngineRun.TOLUCA, new DispatchResponse.Close("17", null, null));
        run.respond(run.of("c"), EngineRun.TOLUCA, new DispatchResponse.Reopen());
        run.add(run.call("f", "crash", 20_000), run.call("g", "crash", 20_010));
        run.respond(run.of("f"), EngineRun.TOLUCA, new DispatchResponse.Split(List.of("g")));
        run.respond(
                run.of("f"),
                EngineRun.TOLUCA,
                new DispatchResponse.Merge(run.of("e").incidentId()));
        run.pass(2 * EngineRun.MINUTE);
        run.restart();
        Set<String> forms = new TreeSet<>();
        return run.stored.entrySet().stream()
                .flatMap(
                        section ->
                                section.getValue().values().stream()
                                        .map(value -> section.getKey() + " " + json(value)))
                .filter(line -> forms.add(line.replaceAll("\"[^\"]*\"(?!:)|[0-9.]+", "")))
                .collect(Collectors.toList());
    }

    private static String json(byte[] stored) {
        return new String(stored, 1, stored.length - 1, StandardCharsets.UTF_8);
    }
}
