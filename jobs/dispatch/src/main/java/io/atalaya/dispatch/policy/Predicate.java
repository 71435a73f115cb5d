package io.atalaya.dispatch.policy;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A condition of the policy over an incident or a device event, in CEL (Common Expression
 * Language). It is checked for types when the policy is read, and bounded in size, depth and steps,
 * so that no policy can stall the job.
 */
public final class Predicate {
    private static final int MAX_LENGTH = 1_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(MAX_LENGTH)
                    .maxParseRecursionDepth(32)
                    .comprehensionMaxIterations(1_000)
                    .build();

    /** Without regular expressions, of which one of 30 characters takes 290 MB. */
    private static final CelStandardDeclarations FUNCTIONS =
            CelStandardDeclarations.newBuilder().excludeFunctions(StandardFunction.MATCHES).build();

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(FUNCTIONS)
                    .addVar("kind", SimpleType.STRING)
                    .addVar("sources", ListType.create(SimpleType.STRING))
                    .addVar("score", SimpleType.DOUBLE)
                    .addVar("priority", SimpleType.INT)
                    .addVar("entryPriority", SimpleType.INT)
                    .addVar("site", SimpleType.STRING)
                    .addVar("municipality", SimpleType.STRING)
                    .addVar("premises", SimpleType.STRING)
                    .addVar("isOpenHours", SimpleType.BOOL)
                    .addVar("hour", SimpleType.INT)
                    .addVar("weekday", SimpleType.INT)
                    .addVar("isDuress", SimpleType.BOOL)
                    .addVar("falseAlarmShare", SimpleType.DOUBLE)
                    .setResultType(SimpleType.BOOL)
                    .build();

    private static final List<String> NAMES =
            Arrays.stream(Subject.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();

    /** What the parser says of a text that is no condition. */
    private static final Pattern SYNTAX =
            Pattern.compile("token recognition|extraneous input|mismatched input|no viable");

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private static final int MAX_KNOWN = 1_000;

    /**
     * The ones used last, because several operators read the same policy, and each reads a
     * predicate twice.
     */
    private static final Map<String, Predicate> KNOWN =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Predicate> eldest) {
                            return size() > MAX_KNOWN;
                        }
                    });

    private final String text;
    private final CelRuntime.Program program;

    private Predicate(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /**
     * What a predicate can ask.
     *
     * @param kind of the incident
     * @param sources of its evidence, each once: {@code calls}, {@code public-warnings}, kinds of
     *     device events, and jobs that raised an alert
     * @param score best score of its evidence, 0 to 1
     * @param priority of its kind
     * @param entryPriority highest priority of a hot-list entry in it, or 0
     * @param site empty if unknown
     * @param municipality empty if unknown
     * @param premises of the device: SCHOOL, SHOP, OFFICE, PRISON; empty if unknown
     * @param isOpenHours whether the premises are open
     * @param hour local hour of its first event
     * @param weekday of its first event, Monday is 1
     * @param isDuress whether a person pressed under duress
     * @param falseAlarmShare of the device's closed incidents, 0 to 1
     */
    public record Subject(
            String kind,
            List<String> sources,
            double score,
            int priority,
            int entryPriority,
            String site,
            String municipality,
            String premises,
            boolean isOpenHours,
            int hour,
            int weekday,
            boolean isDuress,
            double falseAlarmShare) {

        private Map<String, Object> variables() {
            return Map.ofEntries(
                    Map.entry("kind", kind),
                    Map.entry("sources", sources),
                    Map.entry("score", score),
                    Map.entry("priority", (long) priority),
                    Map.entry("entryPriority", (long) entryPriority),
                    Map.entry("site", site),
                    Map.entry("municipality", municipality),
                    Map.entry("premises", premises),
                    Map.entry("isOpenHours", isOpenHours),
                    Map.entry("hour", (long) hour),
                    Map.entry("weekday", (long) weekday),
                    Map.entry("isDuress", isDuress),
                    Map.entry("falseAlarmShare", falseAlarmShare));
        }
    }

    /**
     * @throws IllegalArgumentException with each fault and its column
     */
    public static Predicate of(String text) {
        return KNOWN.computeIfAbsent(text, Predicate::compiled);
    }

    private static Predicate compiled(String text) {
        CelValidationResult result = COMPILER.compile(text);
        if (result.hasError()) {
            StringBuilder faults = new StringBuilder();
            result.getErrors()
                    .forEach(
                            fault ->
                                    faults.append(faults.isEmpty() ? "" : "; ")
                                            .append("column ")
                                            .append(fault.getSourceLocation().getColumn() + 1)
                                            .append(": ")
                                            .append(inWords(fault.getMessage())));
            throw new IllegalArgumentException(faults.toString());
        }
        try {
            return new Predicate(text, RUNTIME.createProgram(result.getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String inWords(String fault) {
        if (fault.startsWith("undeclared reference")) {
            return fault.replace(" (in container '')", "") + ", expected one of " + NAMES;
        }
        return SYNTAX.matcher(fault).lookingAt()
                ? fault + "; expected a condition such as kind == \"crash\" && priority >= 60"
                : fault;
    }

    /** Incidents without anything, and with everything. */
    private static final List<Subject> EXTREMES =
            List.of(
                    new Subject("", List.of(), 0, 0, 0, "", "", "", false, 0, 1, false, 0),
                    new Subject(
                            "kidnapping",
                            List.of("alerts", "calls", "PRESS"),
                            1,
                            100,
                            100,
                            "TOLUCA",
                            "Toluca",
                            "SCHOOL",
                            true,
                            23,
                            7,
                            true,
                            1));

    /**
     * Evaluates the condition for incidents that have nothing, and everything.
     *
     * @throws IllegalStateException if it cannot be evaluated for one of them
     */
    void tryExtremes() {
        EXTREMES.forEach(this::holds);
    }

    /**
     * Whether the condition holds.
     *
     * @throws IllegalStateException if it cannot be evaluated, for example because it divides by 0
     */
    public boolean holds(Subject subject) {
        try {
            Object result = program.eval(subject.variables());
            if (result instanceof Boolean holds) {
                return holds;
            }
            throw new IllegalStateException(
                    "predicate " + text + ": got " + result + ", expected true or false");
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("predicate " + text + ": " + e.getMessage(), e);
        }
    }

    /** The expression. */
    @Override
    public String toString() {
        return text;
    }
}
