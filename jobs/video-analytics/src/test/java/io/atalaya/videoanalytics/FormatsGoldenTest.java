package io.atalaya.videoanalytics;

import io.atalaya.serde.BinaryFormat;
import io.atalaya.videoanalytics.anomaly.AnomalySamples;
import io.atalaya.videoanalytics.anomaly.ModelSamples;
import io.atalaya.videoanalytics.camera.CameraSamples;
import io.atalaya.videoanalytics.camera.FrameSamples;
import io.atalaya.videoanalytics.outage.OutageSamples;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes of every format of this job's state and edges, per version, in {@code golden/}: one
 * file a version, one value a line in hexadecimal. A file that was released is never changed. What
 * is missing is written with {@code -Datalaya.regenerate=true}; what is there never is.
 */
class FormatsGoldenTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");
    private static final String REGENERATE =
            "write it with: mvn test -pl jobs/video-analytics -am -Dtest=FormatsGoldenTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Datalaya.regenerate=true";

    static List<FormatSample<?>> samples() {
        return Stream.of(ofState(), FrameSamples.samples(), AnomalySamples.samples())
                .<FormatSample<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that a savepoint is made of. */
    static List<FormatSample<?>> ofState() {
        return Stream.of(
                        CameraSamples.samples(),
                        OutageSamples.samples(),
                        AnomalySamples.ofState(),
                        ModelSamples.samples())
                .<FormatSample<?>>flatMap(List::stream)
                .toList();
    }

    @BeforeAll
    static void writeWhatIsMissingIfAsked() throws IOException {
        if (!Boolean.getBoolean("atalaya.regenerate")) {
            return;
        }
        Files.createDirectories(DIRECTORY);
        for (FormatSample<?> sample : samples()) {
            Path golden = golden(sample, sample.format().version());
            if (!Files.exists(golden)) {
                Files.write(golden, written(sample));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void writesTheGoldenBytesOfItsVersion(FormatSample<T> sample) throws IOException {
        BinaryFormat<T> format = sample.format();
        assertThat(sample.versions())
                .as(
                        "%s is at version %d: give its sample what each version is read as, with then(…)",
                        sample, format.version())
                .hasSize(format.version());
        Path golden = golden(sample, format.version());

        assertThat(golden).as(REGENERATE).exists();
        assertThat(written(sample))
                .as(
                        "%s no longer writes what version %d wrote, so it could not read the savepoints that"
                                + " exist. Raise its version() (and that of the formats that hold it), let read()"
                                + " go on reading version %2$d, add the new values to its sample with then(…), and"
                                + " write the new version's file with -Datalaya.regenerate=true; leave %s as it is",
                        sample, format.version(), golden)
                .isEqualTo(Files.readAllLines(golden));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void readsTheGoldenBytesOfEveryVersion(FormatSample<T> sample) throws IOException {
        for (int version = 1; version <= sample.versions().size(); version++) {
            Path golden = golden(sample, version);
            assertThat(golden).as(REGENERATE).exists();
            List<T> read = new ArrayList<>();
            for (String line : Files.readAllLines(golden)) {
                read.add(read(sample.format(), version, line));
            }
            // By fields: arrays have no equality of their own.
            assertThat(read)
                    .as(
                            "%s reads %s as another value: savepoints of version %d would be misread. read() must"
                                    + " go by its argument version, in the formats nested in it too",
                            sample, golden, version)
                    .usingRecursiveComparison()
                    .isEqualTo(sample.versions().get(version - 1));
        }
    }

    /** A sample of one kind says nothing about the others. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void aSampleHasEveryKind(FormatSample<T> sample) {
        Class<T> type = sample.format().type();
        if (type.isSealed()) {
            List<T> current = sample.versions().get(sample.versions().size() - 1);
            assertThat(current.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                    .isEqualTo(kinds(type));
        }
    }

    /** The records of a sealed type, whatever sealed types lie between. */
    private static Set<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .collect(Collectors.toSet())
                : Set.of(type);
    }

    @Test
    void everyFormatHasASample() {
        assertThat(samples().stream().map(FormatSample::name))
                .as("give the format a sample in the *Samples class of its package")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(formats());
    }

    /** Savepoints name the format's class: one that was released must stay. */
    @Test
    void everyGoldenFileHasItsFormat() throws IOException {
        Set<String> expected =
                samples().stream()
                        .flatMap(
                                sample ->
                                        IntStream.rangeClosed(1, sample.versions().size())
                                                .mapToObj(version -> golden(sample, version)))
                        .map(path -> path.getFileName().toString())
                        .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .as(
                            "a format or a version that savepoints hold is gone; it is needed as long as they are")
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static <T> T read(BinaryFormat<T> format, int version, String line) {
        DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(line));
        try {
            T value = format.read(version, in);
            assertThat(in.available()).as("bytes left over").isZero();
            return value;
        } catch (IOException e) {
            throw new AssertionError(
                    format.getClass().getSimpleName()
                            + " cannot read its version "
                            + version
                            + " any more, nor could the job a savepoint that holds it",
                    e);
        }
    }

    private static Path golden(FormatSample<?> sample, int version) {
        return DIRECTORY.resolve(sample.name() + ".v" + version + ".hex");
    }

    private static List<String> formats() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.atalaya.videoanalytics", "io.atalaya.camera")
                        .stream()
                        .filter(
                                type ->
                                        type.isAssignableTo(BinaryFormat.class)
                                                && !type.isInterface())
                        .map(JavaClass::getSimpleName)
                        .toList();
    }

    private static <T> List<String> written(FormatSample<T> sample) throws IOException {
        List<String> lines = new ArrayList<>();
        for (T value : sample.versions().get(sample.versions().size() - 1)) {
            DataOutputSerializer out = new DataOutputSerializer(256);
            sample.format().write(value, out);
            lines.add(HexFormat.of().formatHex(out.getCopyOfBuffer()));
        }
        return lines;
    }
}
