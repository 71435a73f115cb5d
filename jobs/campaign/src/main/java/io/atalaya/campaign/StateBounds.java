package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.testutils.HarnessedOperator;
import io.atalaya.testutils.PipelineHarness.HarnessedStep;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Checks the invariants of the keyed state of a job's steps. */
final class StateBounds {
    private static final int KIB = 1024;

    /** Maximum bytes per key of a step without its own limit. */
    private static final int BYTES = 64 * KIB;

    /**
     * Maximum bytes per key by uid, derived from the steps' own limits: a camera with its
     * registrations; the learned state of an active and a shadow version of both models; 16,384
     * reads of a device; an hour of reads, with tags; a world's reads of one key group; the convoys
     * of a vehicle that passes 64 arches; all incidents of a world, twice.
     */
    private static final Map<String, Integer> BYTES_BY_STEP =
            Map.of(
                    "cameras", 68 * KIB,
                    "anomalies", 160 * KIB,
                    "passage", 2_048 * KIB,
                    "convoy-proximity", 1_024 * KIB,
                    "read-history", 2_048 * KIB,
                    "convoys", 300 * KIB,
                    "fusion", 32_768 * KIB,
                    "outreach", 4_096 * KIB);

    /** State that the retention drops a few blocks per second, because its keys have no timers. */
    private static final Set<String> SWEPT =
            Set.of("read-history: stored-reads", "read-history: stored-keys");

    /**
     * One version per kind of model, the requested policy, a limited number of senders of warnings,
     * and what was shared, for eight days; these keys are not devices or entries.
     */
    private static final Set<String> BROADCAST_FOR_EVER =
            Set.of(
                    "anomalies: model-versions",
                    "supervision: policy",
                    "evidence: policy",
                    "exchange: policy",
                    "exchange: sharing",
                    "evidence: senders");

    /**
     * The sections of the incidents' state that do not end with the incidents: the clock, the
     * requested policy, each site, and each device with its false alarms.
     */
    private static final Pattern INCIDENTS_FOR_EVER =
            Pattern.compile("clock|policy|SITE/(TOLUCA|ECATEPEC)|DEVICE/.*", Pattern.DOTALL);

    /** What outreach keeps of drones, walls and time when no incident is open. */
    private static final Set<String> OUTREACH_FOR_EVER =
            Set.of(
                    "outreach: drones",
                    "outreach: walls",
                    "outreach: numbers",
                    "outreach: policies",
                    "outreach: clock");

    /** Key removed last, because steps drop retracted broadcast entries at a later removal. */
    static final String LAST_KEY = "last";

    private final Consumer<Finding> findings;
    private final Map<String, Integer> largest;

    /**
     * @param largest largest key of each step so far in bytes, by uid
     */
    StateBounds(Consumer<Finding> findings, Map<String, Integer> largest) {
        this.findings = findings;
        this.largest = largest;
    }

    /** Checks during the world that no key exceeds its limit and that all numbers are finite. */
    void check(HarnessedStep step) throws Exception {
        Map<Object, Integer> bytes = new HashMap<>();
        for (HarnessedOperator.Entry entry : step.operator().keyedState()) {
            bytes.merge(entry.key(), entry.bytes(), Integer::sum);
            String number = NonFinite.in(entry.value());
            if (number != null) {
                findings.accept(
                        new Finding(
                                Kind.NOT_FINITE,
                                step.uid() + ": state " + entry.state() + ": " + number,
                                number,
                                String.valueOf(entry.key())));
            }
        }
        int most = BYTES_BY_STEP.getOrDefault(step.uid(), BYTES);
        bytes.forEach(
                (key, size) -> {
                    largest.merge(step.uid(), size, Math::max);
                    if (size > most) {
                        findings.accept(
                                new Finding(
                                        Kind.STATE_TOO_LARGE,
                                        step.uid(),
                                        size + " bytes, expected at most " + most,
                                        String.valueOf(key)));
                    }
                });
        String number = NonFinite.in(step.operator().operator());
        if (number != null) {
            findings.accept(new Finding(Kind.NOT_FINITE, step.uid() + ": " + number, number, null));
        }
    }

    /**
     * Checks after the world that no state of removed keys is left except state with a time to
     * live.
     */
    void requireEmpty(HarnessedStep step) throws Exception {
        for (HarnessedOperator.Entry entry : step.operator().keyedState()) {
            String where = step.uid() + ": " + entry.state();
            if (where.equals("fusion: incidents")) {
                requireNoIncidents((Map<?, ?>) entry.value());
            } else if (!entry.isExpiring()
                    && !SWEPT.contains(where)
                    && !OUTREACH_FOR_EVER.contains(where)) {
                findings.accept(
                        new Finding(
                                Kind.STATE_LEFT,
                                where,
                                entry.key() + ": " + entry.value(),
                                String.valueOf(entry.key())));
            }
        }
        step.operator()
                .broadcastState()
                .forEach((state, entries) -> requireEmpty(step.uid() + ": " + state, entries));
        if (step.operator().keyedTimers() > 0) {
            findings.accept(
                    new Finding(
                            Kind.TIMER_LEFT,
                            step.uid(),
                            step.operator().keyedTimers() + " timers",
                            null));
        }
    }

    private void requireNoIncidents(Map<?, ?> values) {
        for (Map.Entry<?, ?> each : values.entrySet()) {
            String key = (String) each.getKey();
            if (!INCIDENTS_FOR_EVER.matcher(key).matches()) {
                findings.accept(
                        new Finding(
                                Kind.STATE_LEFT,
                                "fusion: " + key.replaceAll("/.*", ""),
                                key + ": " + new String((byte[]) each.getValue(), UTF_8),
                                null));
            }
        }
    }

    private void requireEmpty(String where, Map<?, ?> entries) {
        entries.forEach(
                (key, value) -> {
                    if (!key.equals(LAST_KEY) && !BROADCAST_FOR_EVER.contains(where)) {
                        findings.accept(
                                new Finding(
                                        Kind.STATE_LEFT,
                                        where,
                                        key + ": " + value,
                                        String.valueOf(key)));
                    }
                });
    }
}
