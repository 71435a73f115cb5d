package io.atalaya.videoanalytics;

import io.atalaya.videoanalytics.seeded.DecisionOnFlink;
import io.atalaya.videoanalytics.seeded.WallClockReader;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards of the job's structure, each shown to fail on a class that breaks it. */
class ArchitectureTest {
    private static final String JOB = "io.atalaya.videoanalytics";

    /** Everything below the job's own package decides; the shells live in the package itself. */
    private static final ArchRule DECISIONS_KNOW_NO_FLINK =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + ".*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..")
                    .because("rules are tested without a cluster");

    private static final ArchRule NOBODY_READS_THE_WALL_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + "..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .because("a replay must see what the live system saw");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(Named.of("no Flink", DECISIONS_KNOW_NO_FLINK), DecisionOnFlink.class),
                Arguments.of(
                        Named.of("no wall clock", NOBODY_READS_THE_WALL_CLOCK),
                        WallClockReader.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theJobKeepsTheRule(ArchRule rule, Class<?> seeded) {
        JavaClasses job =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(JOB);
        rule.check(job);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleSeesAClassThatBreaksIt(ArchRule rule, Class<?> seeded) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(seeded)).hasViolation())
                .isTrue();
    }
}
