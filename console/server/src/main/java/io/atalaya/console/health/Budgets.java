package io.atalaya.console.health;

import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.CameraEvidence.Measure;
import io.atalaya.contracts.alert.MeasureKind;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.json.FromText;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much may be raised and how much was: alerts of models per camera and day, and interruptions
 * of a position. Only what is not covert counts.
 */
public final class Budgets {
    private static final int MAX_CAMERAS = 20_000;
    private static final int MAX_INCIDENTS = 20_000;
    private static final String RATE = MeasureKind.ALERTS_A_DAY_SO_FAR.of(0).name();
    private static final String DAYS = MeasureKind.DAYS_SO_FAR.of(0).name();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** The period of ISA-18.2, until a policy names another. */
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /**
     * A model that raises alerts.
     *
     * @param version that raised the last alert, or null if only the job's metrics are known
     * @param at when it did
     * @param realised alerts per camera and day, or null where none is known
     * @param set its budget, or null
     * @param ofAll whether it is of all cameras, by the job's metrics; otherwise of those that have
     *     alerted, by their last alerts
     */
    record Model(
            String model, String version, Long at, Double realised, Double set, boolean ofAll) {}

    /**
     * Interruptions of positions.
     *
     * @param set the budget of the policy in force, or null if its request is on no topic
     * @param most the largest number of each position in such a period of the last day
     */
    record Interruptions(Integer set, int minutes, Map<String, Integer> most) {}

    /** What health shows. */
    record Shown(List<Model> models, Interruptions interruptions) {}

    private record Rate(double perDay, double days) {}

    private record AtWork(String version, long at, Double set, Map<String, Rate> byCamera) {}

    private record Interruption(long at, String site, String position) {}

    private record PerPosition(int interruptions, Duration per) {}

    private final Map<String, AtWork> models = new TreeMap<>();
    private Map<String, Model> measured = Map.of();
    private final Map<String, Integer> epochs = Items.bounded(MAX_INCIDENTS);
    private final Deque<Interruption> interruptions = new ArrayDeque<>();
    private PolicyRequest request;
    private String requestAddress;
    private PolicyAnswer answer;
    private PerPosition inForce;

    /** Takes an alert, which says what its model has done at the camera so far. */
    public synchronized void alert(Alert alert, long at) {
        if (!(alert.evidence() instanceof CameraEvidence evidence)
                || evidence.model() == null
                || alert.disclosure().isCovert()) {
            return;
        }
        AtWork before = models.get(evidence.model().name());
        Map<String, Rate> byCamera = before == null ? Items.bounded(MAX_CAMERAS) : before.byCamera;
        Double set = before == null ? null : before.set;
        double days = 0;
        Measure rate = null;
        for (Measure measure : evidence.measures()) {
            if (measure.name().equals(RATE)) {
                rate = measure;
            } else if (measure.name().equals(DAYS)) {
                days = measure.value();
            }
        }
        if (rate != null) {
            byCamera.put(alert.deviceId(), new Rate(rate.value(), days));
            set = rate.limit();
        }
        models.put(
                evidence.model().name(), new AtWork(evidence.model().version(), at, set, byCamera));
    }

    /** What the jobs' metrics say of all cameras. */
    synchronized void measured(Map<String, Model> byModel) {
        measured = byModel;
    }

    /**
     * Takes an incident, whose assignment interrupts.
     *
     * @param isNew whether it comes now; what was there at the start is not counted
     */
    public synchronized void incident(Incident incident, long at, boolean isNew) {
        List<Incident.Assignment> all =
                incident.assignments().isEmpty() && incident.assignment() != null
                        ? List.of(incident.assignment())
                        : incident.assignments();
        for (Incident.Assignment each : all) {
            Integer before = epochs.put(incident.incidentId() + "@" + each.site(), each.epoch());
            if (isNew
                    && (before == null || each.epoch() > before)
                    && incident.kind() != Incident.Kind.DIGEST
                    && incident.priority() < Item.URGENT
                    && !incident.covert()) {
                interruptions.add(new Interruption(at, each.site(), each.position()));
            }
        }
        evict(at);
    }

    private void evict(long now) {
        while (!interruptions.isEmpty()
                && (interruptions.peek().at < now - DAY_MS
                        || interruptions.size() > MAX_INCIDENTS)) {
            interruptions.remove();
        }
    }

    /** Takes a requested policy; null asks for that of the job's settings. */
    public synchronized void policy(PolicyRequest wanted, String address) {
        request = wanted;
        requestAddress = address;
        updateInForce();
    }

    /** Takes the answer to a request for a policy. */
    public synchronized void policyAnswer(PolicyAnswer said) {
        answer = said;
        updateInForce();
    }

    /** A rejected request leaves in force what was before. */
    private void updateInForce() {
        if (answer != null && answer.isAccepted() && answer.request().equals(requestAddress)) {
            inForce = request == null ? null : budget(request.files().get("storms"));
        }
    }

    private static PerPosition budget(String storms) {
        if (storms == null) {
            return null;
        }
        try {
            if (new Yaml(new SafeConstructor(new LoaderOptions())).load(storms)
                            instanceof Map<?, ?> file
                    && file.get("budget") instanceof Map<?, ?> budget
                    && budget.get("interruptions") instanceof Integer count
                    && budget.get("per") instanceof String per) {
                return new PerPosition(count, FromText.duration(per));
            }
        } catch (YAMLException | IllegalArgumentException e) {
            // Dispatch has accepted it: the console does not know this form.
            return null;
        }
        return null;
    }

    synchronized Shown shown(long now) {
        evict(now);
        Map<String, Model> all = new TreeMap<>(measured);
        models.forEach((name, model) -> all.put(name, shown(name, model)));
        Map<String, Integer> most = new TreeMap<>();
        byPosition().forEach((position, times) -> most.put(position, most(times)));
        return new Shown(
                List.copyOf(all.values()),
                new Interruptions(
                        inForce == null ? null : inForce.interruptions,
                        (int) period().toMinutes(),
                        most));
    }

    private Model shown(String name, AtWork model) {
        Model exact = measured.get(name);
        if (exact != null) {
            return new Model(name, model.version, model.at, exact.realised, exact.set, exact.ofAll);
        }
        double days = model.byCamera.values().stream().mapToDouble(Rate::days).sum();
        double alerts =
                model.byCamera.values().stream().mapToDouble(each -> each.perDay * each.days).sum();
        return new Model(
                name, model.version, model.at, days > 0 ? alerts / days : null, model.set, false);
    }

    private Duration period() {
        return inForce == null ? PERIOD : inForce.per;
    }

    /** When each position was interrupted; what goes to a whole site interrupts each of its. */
    private Map<String, List<Long>> byPosition() {
        Map<String, List<Long>> times = new TreeMap<>();
        for (Interruption each : interruptions) {
            times.computeIfAbsent(name(each), position -> new ArrayList<>());
        }
        for (Interruption each : interruptions) {
            times.forEach(
                    (position, of) -> {
                        if (position.equals(name(each))
                                || each.position == null
                                        && position.startsWith(each.site + " · ")) {
                            of.add(each.at);
                        }
                    });
        }
        return times;
    }

    private static String name(Interruption interruption) {
        return interruption.position == null
                ? interruption.site
                : interruption.site + " · " + interruption.position;
    }

    private int most(List<Long> times) {
        long period = period().toMillis();
        int most = 0;
        int from = 0;
        for (int i = 0; i < times.size(); i++) {
            while (times.get(from) <= times.get(i) - period) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    /** Adds what is plotted. */
    synchronized void step(long now, Map<String, Double> values) {
        Shown shown = shown(now);
        for (Model model : shown.models) {
            put(values, "budget." + model.model + ".realised", model.realised);
            put(values, "budget." + model.model + ".set", model.set);
        }
        long from = now - period().toMillis();
        values.put(
                "interruptions.realised",
                byPosition().values().stream()
                        .mapToDouble(times -> times.stream().filter(at -> at > from).count())
                        .max()
                        .orElse(0));
        if (shown.interruptions.set != null) {
            values.put("interruptions.set", (double) shown.interruptions.set);
        }
    }

    private static void put(Map<String, Double> values, String name, Double value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
