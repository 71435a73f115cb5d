package io.atalaya.jobtests;

import io.atalaya.serde.BinaryFormat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes of every format of a job's state and edges, per version, in {@code golden/}: one file a
 * version, one value a line in hexadecimal. A file that was released is never changed. What is
 * missing is written with {@code -Datalaya.regenerate=true}; what is there never is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GoldenFormats {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private final String regenerate;
    private final List<FormatSample<?>> samples;
    private final Predicate<String> packages;
    private final Class<?>[] withEquals;

    /**
     * @param module of the job, for what to run
     * @param samples one of each format
     * @param packages whether formats of that package are the job's
     * @param withEquals types that are compared as they say themselves, all others by their fields
     */
    protected GoldenFormats(
            String module,
            List<FormatSample<?>> samples,
            Predicate<String> packages,
            Class<?>... withEquals) {
        this.regenerate = Regenerate.with(module, getClass());
        this.samples = samples;
        this.packages = packages;
        this.withEquals = withEquals;
    }

    List<FormatSample<?>> samples() {
        return samples;
    }

    /** The formats and their versions, a line each, as a savepoint of now is made of them. */
    public static List<String> lines(List<FormatSample<?>> samples) {
        return samples.stream()
                .map(sample -> sample.name() + " " + sample.format().version())
                .sorted()
                .toList();
    }

    @BeforeAll
    void writeWhatIsMissingIfAsked() throws IOException {
        if (!Regenerate.isAsked()) {
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

        assertThat(golden).as(regenerate).exists();
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
            assertThat(golden).as(regenerate).exists();
            List<T> read = new ArrayList<>();
            for (String line : Files.readAllLines(golden)) {
                read.add(read(sample.format(), version, line));
            }
            // Arrays have no equality of their own.
            var byFields = new RecursiveComparisonConfiguration();
            for (Class<?> type : withEquals) {
                byFields.registerEqualsForType(Object::equals, type);
            }
            assertThat(read)
                    .as(
                            "%s reads %s as another value: savepoints of version %d would be misread. read() must"
                                    + " go by its argument version, in the formats nested in it too",
                            sample, golden, version)
                    .usingRecursiveComparison(byFields)
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

    private List<String> formats() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.atalaya")
                        .stream()
                        .filter(
                                type ->
                                        type.isAssignableTo(BinaryFormat.class)
                                                && !type.isInterface()
                                                && packages.test(type.getPackageName()))
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
