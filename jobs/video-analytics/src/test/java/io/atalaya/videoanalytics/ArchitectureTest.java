package io.atalaya.videoanalytics;

import io.atalaya.videoanalytics.seeded.DecisionOnFlink;
import io.atalaya.videoanalytics.seeded.JobOnTestKit;
import io.atalaya.videoanalytics.seeded.UndeclaredMetric;
import io.atalaya.videoanalytics.seeded.WallClockReader;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.metrics.MetricGroup;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards of the job's structure, each shown to fail on a class that breaks it. */
class ArchitectureTest {
    private static final String JOB = "io.atalaya.videoanalytics";

    /** Flink but its byte buffers, in which formats are written. */
    private static final DescribedPredicate<JavaClass> FLINK =
            resideInAPackage("org.apache.flink..")
                    .and(resideOutsideOfPackage("org.apache.flink.core.memory.."))
                    .as("belong to Flink");

    /** Whatever gives the decisions state, time and outputs: the shells, by suffix or by name. */
    private static final List<String> SHELL_SUFFIXES = List.of("Operator", "Function", "Format");

    private static final Set<String> SHELLS =
            Set.of("CameraCache", "JudgedCameraCache", "AnomalyMeters", "IncidentCounters");

    /** The classes that the rule is for: if one is renamed, the rule must still see it. */
    private static final List<String> DECISIONS =
            List.of(
                    "CameraWatch",
                    "Camera",
                    "Tracks",
                    "SceneModel",
                    "StoppedVehicles",
                    "PictureFit",
                    "Silence",
                    "Incidents",
                    "AlertComposer",
                    "JudgedCamera",
                    "TrajectoryJudge",
                    "ActivityJudge",
                    "RealisedRate",
                    "AnomalyComposer",
                    "ModelGate",
                    "Disagreement",
                    "ServedNetworks",
                    "Outages",
                    "OutageComposer");

    private static final ArchRule DECISIONS_KNOW_NO_FLINK =
            noClasses()
                    .that(areDecisions())
                    .should()
                    .dependOnClassesThat(FLINK)
                    .because("rules are tested without a cluster");

    private static final ArchRule JOB_KNOWS_NO_TOOLS =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.atalaya.cli..",
                            "io.atalaya.testkit..",
                            "io.atalaya.hotlistmatch..",
                            "io.atalaya.loadgenerator..")
                    .because("a job is deployed without them");

    private static final ArchRule METRICS_ARE_DECLARED =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + "..")
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(MetricGroup.class)))
                                    .and(target(nameMatching("counter|gauge|meter|histogram"))))
                    .because("METRICS.md lists what VideoAnalyticsMetrics declares");

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
                Arguments.of(Named.of("no tools", JOB_KNOWS_NO_TOOLS), JobOnTestKit.class),
                Arguments.of(
                        Named.of("no metric of its own", METRICS_ARE_DECLARED),
                        UndeclaredMetric.class),
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

    @Test
    void theRuleAboutDecisionsCoversThem() {
        assertThat(
                        new ClassFileImporter()
                                        .withImportOption(
                                                ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                        .importPackages(JOB)
                                        .stream()
                                        .filter(areDecisions())
                                        .map(JavaClass::getSimpleName))
                .containsAll(DECISIONS);
    }

    /** A class below the job's own package decides, unless it is a shell; so do its inner ones. */
    private static DescribedPredicate<JavaClass> areDecisions() {
        return DescribedPredicate.describe(
                "decide",
                type -> {
                    JavaClass outer = type;
                    while (outer.getEnclosingClass().isPresent()) {
                        outer = outer.getEnclosingClass().get();
                    }
                    String name = outer.getSimpleName();
                    return outer.getPackageName().startsWith(JOB + ".")
                            && !SHELLS.contains(name)
                            && SHELL_SUFFIXES.stream().noneMatch(name::endsWith);
                });
    }
}
