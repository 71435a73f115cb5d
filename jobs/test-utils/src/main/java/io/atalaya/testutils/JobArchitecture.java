package io.atalaya.testutils;

import io.atalaya.flink.job.JobDefinition;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Architecture rules of a job; each rule is also tested on a class that breaks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JobArchitecture {
    /** What is deployed with a job, beside the job itself. */
    private static final String[] LIBRARIES = {
        "io.atalaya.contracts..",
        "io.atalaya.flink..",
        "io.atalaya.kafka..",
        "io.atalaya.inference..",
        "io.atalaya.anomaly.."
    };

    /** Flink except its byte buffers, which serializers and packed values use. */
    private static final DescribedPredicate<JavaClass> FLINK =
            resideInAPackage("org.apache.flink..")
                    .and(resideOutsideOfPackage("org.apache.flink.core.memory.."))
                    .as("belong to Flink");

    /** Suffixes of shells: classes that give the decision logic state, time and outputs. */
    private static final List<String> SHELL_SUFFIXES =
            List.of("Operator", "Function", "Serializer");

    /** Classes that measure how long work takes: images in threads of their own, model runs. */
    private static final Set<String> MEASURING = Set.of("OcrWorkerPool", "AnomalyOperator");

    private final String job;
    private final Set<String> shells;
    private final Breaches breaches;
    private final JavaClasses classes;

    /**
     * Test classes of the job that break one rule each.
     *
     * @param decisionOnFlink decision logic that depends on Flink
     * @param onTools depends on code that is not deployed with the job
     * @param ownMetric registers an undeclared metric
     * @param wallClock reads the system clock
     * @param silentOperator has no logger
     */
    public record Breaches(
            Class<?> decisionOnFlink,
            Class<?> onTools,
            Class<?> ownMetric,
            Class<?> wallClock,
            Class<?> silentOperator) {}

    /**
     * Imports the job.
     *
     * @param definition of the job, which is in the job's package
     * @param shells simple names of Flink-dependent classes without such a suffix
     */
    protected JobArchitecture(JobDefinition<?> definition, Set<String> shells, Breaches breaches) {
        this.job = definition.getClass().getPackageName();
        this.shells = shells;
        this.breaches = breaches;
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(job, "io.atalaya.flink");
    }

    Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        Named.of("decisions know no Flink", decisionsKnowNoFlink()),
                        breaches.decisionOnFlink()),
                Arguments.of(Named.of("the job knows no tools", noTools()), breaches.onTools()),
                Arguments.of(
                        Named.of("metrics are declared", metricsAreDeclared()),
                        breaches.ownMetric()),
                Arguments.of(
                        Named.of("no class reads the wall clock", noWallClock()),
                        breaches.wallClock()),
                Arguments.of(
                        Named.of("operators have a logger", operatorsHaveALogger()),
                        breaches.silentOperator()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theJobKeepsTheRule(ArchRule rule, Class<?> breach) {
        rule.check(classes);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleSeesAClassThatBreaksIt(ArchRule rule, Class<?> breach) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(breach)).hasViolation())
                .isTrue();
    }

    @Test
    void theRuleAboutDecisionsCoversMostClasses() {
        List<JavaClass> all =
                classes.stream().filter(type -> type.getPackageName().startsWith(job)).toList();
        assertThat(all.stream().filter(areDecisions())).hasSizeGreaterThan(all.size() * 3 / 4);
    }

    /** Removes outdated exceptions: a class named as shell must use Flink. */
    @Test
    void shellsByNameUseFlink() {
        classes()
                .that(
                        DescribedPredicate.describe(
                                "are shells by name", c -> shells.contains(c.getSimpleName())))
                .should()
                .dependOnClassesThat(FLINK)
                // A job may need no exception.
                .allowEmptyShould(true)
                .check(classes);
    }

    private ArchRule decisionsKnowNoFlink() {
        return noClasses()
                .that(areDecisions())
                .should()
                .dependOnClassesThat(FLINK)
                .because("rules are tested without a cluster");
    }

    private ArchRule noTools() {
        return noClasses()
                .that()
                .resideInAPackage(job + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.atalaya..")
                                .and(resideOutsideOfPackage(job + ".."))
                                .and(resideOutsideOfPackages(LIBRARIES)))
                .because("a job is deployed without tools and other jobs");
    }

    private ArchRule noWallClock() {
        return noClasses()
                .that()
                .resideInAPackage(job + "..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethodWhere(
                        DescribedPredicate.describe(
                                "read the nanosecond clock unless they measure",
                                call ->
                                        call.getTarget().getName().equals("nanoTime")
                                                && !MEASURING.contains(
                                                        call.getOriginOwner().getSimpleName())))
                .because("time comes from Flink, so that a replay sees what the live system saw");
    }

    private static ArchRule operatorsHaveALogger() {
        return classes()
                .that(areOperators())
                .should(
                        ArchCondition.from(
                                DescribedPredicate.describe(
                                        "declare a logger",
                                        type ->
                                                type.getFields().stream()
                                                        .anyMatch(
                                                                field ->
                                                                        field.getRawType()
                                                                                .isEquivalentTo(
                                                                                        Logger
                                                                                                .class)))))
                .because("its decisions can be followed in the log");
    }

    /** Operators and named functions of Flink; interfaces of own functions are no classes. */
    private static DescribedPredicate<JavaClass> areOperators() {
        return assignableTo(StreamOperator.class)
                .or(assignableTo(Function.class))
                .and(
                        DescribedPredicate.describe(
                                "are top-level classes",
                                type -> type.isTopLevelClass() && !type.isInterface()));
    }

    private ArchRule metricsAreDeclared() {
        return noClasses()
                .that()
                .resideInAPackage(job + "..")
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(MetricGroup.class)))
                                .and(target(nameMatching("counter|gauge|meter|histogram"))))
                .because("METRICS.md lists what the job's declared metrics are");
    }

    /**
     * A class in a subpackage of the job is decision logic unless it is a shell; the same holds for
     * its inner classes.
     */
    private DescribedPredicate<JavaClass> areDecisions() {
        return DescribedPredicate.describe(
                "decide",
                type -> {
                    JavaClass outer = type;
                    while (outer.getEnclosingClass().isPresent()) {
                        outer = outer.getEnclosingClass().get();
                    }
                    String name = outer.getSimpleName();
                    return outer.getPackageName().startsWith(job + ".")
                            && !shells.contains(name)
                            && SHELL_SUFFIXES.stream().noneMatch(name::endsWith);
                });
    }
}
