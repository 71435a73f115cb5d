package io.atalaya.testutils;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.SerializerNames;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that every serializer reads its own output. The output for types with a {@link
 * SerializerNames name} is compared with {@code golden/}: one file per type, one value per line in
 * hexadecimal. Another file there lists the constants of their enums, because not every one is in a
 * sample. {@code -Datalaya.regenerate=true} rewrites the files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GoldenSerializers {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");
    private static final String SUFFIX = ".hex";
    private static final Path ENUMS = DIRECTORY.resolve("enums.txt");

    private final String regenerate;
    private final List<SerializerSample<?>> samples;
    private final Predicate<Class<?>> isOfJob;
    private final Class<?>[] withEquals;

    /**
     * @param module module of the job, for the regeneration command
     * @param samples one sample per type
     * @param isOfJob whether the type is on an edge or in state of the job
     * @param withEquals types compared by their own equals; all others by their fields
     */
    protected GoldenSerializers(
            String module,
            List<SerializerSample<?>> samples,
            Predicate<Class<?>> isOfJob,
            Class<?>... withEquals) {
        this.regenerate = Regenerate.with(module, getClass());
        this.samples = samples;
        this.isOfJob = isOfJob;
        this.withEquals = withEquals;
    }

    /**
     * Input types without a causing record, so that a failure in their processing has no address.
     */
    protected Set<Class<?>> withoutAddress() {
        return Set.of();
    }

    List<SerializerSample<?>> samples() {
        return samples;
    }

    List<SerializerSample<?>> named() {
        return samples.stream().filter(SerializerSample::isNamed).toList();
    }

    /**
     * The named types of the samples, one line each: the name and a digest of schema and output,
     * because before the first release a form changes without a new version.
     */
    public static List<String> lines(Stream<SerializerSample<?>> samples) {
        return samples.filter(SerializerSample::isNamed)
                .map(GoldenSerializers::line)
                .sorted()
                .toList();
    }

    private static String line(SerializerSample<?> sample) {
        List<String> content = new ArrayList<>(sample.serializer().schema());
        content.addAll(written(sample));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", content).getBytes(StandardCharsets.UTF_8));
            return sample.name() + " " + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @BeforeAll
    void writeAgainIfAsked() throws IOException {
        if (!Regenerate.isAsked()) {
            return;
        }
        Files.createDirectories(DIRECTORY);
        for (String old : goldenFiles()) {
            Files.delete(DIRECTORY.resolve(old));
        }
        for (SerializerSample<?> sample : named()) {
            Files.write(golden(sample), written(sample));
        }
        Files.write(ENUMS, enums());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void readsWhatItWrites(SerializerSample<T> sample) {
        assertValues(sample, read(sample.serializer(), written(sample)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    <T> void writesItsGoldenBytes(SerializerSample<T> sample) {
        assertThat(golden(sample)).as(regenerate).exists();
        assertThat(golden(sample))
                .as("%s changed: if that is intended, %s", sample, regenerate)
                .hasContent(String.join("\n", written(sample)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    <T> void readsItsGoldenBytes(SerializerSample<T> sample) throws IOException {
        assertThat(golden(sample)).as(regenerate).exists();
        assertValues(sample, read(sample.serializer(), Files.readAllLines(golden(sample))));
    }

    private <T> void assertValues(SerializerSample<T> sample, List<T> read) {
        // By fields, because arrays have no equality of their own.
        var byFields = new RecursiveComparisonConfiguration();
        for (Class<?> type : withEquals) {
            byFields.registerEqualsForType(Object::equals, type);
        }
        assertThat(read).usingRecursiveComparison(byFields).isEqualTo(sample.values());
    }

    /** A sample of one subtype does not cover the others. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void aSampleHasEveryKind(SerializerSample<T> sample) {
        Class<T> type = sample.type();
        if (type.isSealed()) {
            assertThat(
                            sample.values().stream()
                                    .<Class<?>>map(Object::getClass)
                                    .collect(Collectors.toSet()))
                    .isEqualTo(kinds(type));
        }
    }

    /** The record types of a sealed type, through nested sealed types. */
    private static Set<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .collect(Collectors.toSet())
                : Set.of(type);
    }

    /** At least one sample of each type has the address of its source record. */
    @Test
    void everyInputHasAnAddress() {
        Map<Class<?>, Boolean> isAddressed = new HashMap<>();
        for (SerializerSample<?> sample : samples) {
            for (Object value : sample.values()) {
                if (value instanceof Traceable input) {
                    boolean here = input.origin().address() != null;
                    isAddressed.merge(input.getClass(), here, Boolean::logicalOr);
                }
            }
        }
        assertThat(isAddressed).isNotEmpty();
        isAddressed.values().removeIf(is -> is);
        assertThat(isAddressed).containsOnlyKeys(withoutAddress());
    }

    @Test
    void everyNamedTypeHasASample() {
        assertThat(samples.stream().<Class<?>>map(SerializerSample::type))
                .as("give the type a sample in the *Samples class of its package")
                .doesNotHaveDuplicates()
                .containsAll(
                        SerializerNames.types().values().stream()
                                .filter(type -> isOfJob.test(type) && !isVariant(type))
                                .toList());
    }

    private static boolean isVariant(Class<?> type) {
        return Stream.of(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    /** Nothing else would ever use it. */
    @Test
    void everyHandWrittenSerializerIsListed() {
        List<String> written =
                ArchConfiguration.withThreadLocalScope(GoldenSerializers::ownClasses).stream()
                        .filter(type -> type.isAssignableTo(RecordSerializer.class))
                        .filter(type -> !type.isInterface())
                        .map(JavaClass::getName)
                        .filter(name -> !name.endsWith(".DerivedSerializer"))
                        .toList();
        assertThat(
                        SerializerNames.types().values().stream()
                                .map(type -> RecordSerializer.of(type).getClass().getName()))
                .as(SerializerNames.RESOURCE)
                .containsAll(written);
    }

    /** Without the classes of libraries that they name, whose import is most of the work. */
    private static JavaClasses ownClasses(ArchConfiguration configuration) {
        configuration.setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.atalaya");
    }

    @Test
    void everyGoldenFileHasItsSerializer() throws IOException {
        assertThat(goldenFiles())
                .as(regenerate)
                .containsExactlyInAnyOrderElementsOf(
                        named().stream()
                                .map(sample -> golden(sample).getFileName().toString())
                                .toList());
    }

    /** Enums are stored by the names of their constants. */
    @Test
    void enumsHaveTheirGoldenConstants() {
        assertThat(ENUMS)
                .as("a constant changed: if that is intended, %s", regenerate)
                .hasContent(String.join("\n", enums()));
    }

    private List<String> enums() {
        return HeldTypes.of(named().stream().<Class<?>>map(SerializerSample::type)).enums();
    }

    private static List<String> goldenFiles() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .toList();
        }
    }

    private static Path golden(SerializerSample<?> sample) {
        return DIRECTORY.resolve(sample.name() + SUFFIX);
    }

    private static <T> List<T> read(RecordSerializer<T> format, List<String> lines) {
        List<T> values = new ArrayList<>();
        for (String line : lines) {
            DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(line));
            try {
                values.add(format.read(in));
            } catch (IOException e) {
                throw new AssertionError(format + " cannot be read", e);
            }
            assertThat(in.available()).as("bytes left over").isZero();
        }
        return values;
    }

    private static <T> List<String> written(SerializerSample<T> sample) {
        List<String> lines = new ArrayList<>();
        for (T value : sample.values()) {
            DataOutputSerializer out = new DataOutputSerializer(256);
            try {
                sample.serializer().write(value, out);
            } catch (IOException e) {
                throw new AssertionError(sample + " cannot be written", e);
            }
            lines.add(HexFormat.of().formatHex(out.getCopyOfBuffer()));
        }
        return lines;
    }
}
