package io.atalaya.console.health;

import io.atalaya.console.connection.Broker;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.console.security.Viewer;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the installation is: delays, dead letters, silent devices and what the jobs report. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** Between two values of {@link #series}. */
    public static final long STEP_MS = 60_000;

    private static final int DAY_STEPS = 24 * 60;
    private static final int MAX_DELAYS = 4096;
    private static final int MAX_SERIES = 200;

    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})? ([-+]?[0-9][-+0-9.eE]*)");

    /** Before the name of a metric of an operator, by Flink's Prometheus reporter. */
    private static final String FLINK = "flink_taskmanager_job_task_operator_";

    /** Models by how the metrics of video-analytics begin. */
    private static final Map<String, String> MODELS =
            Map.of("trajectory", "trajectory", "activity", "scene-activity");

    /**
     * The state now.
     *
     * @param lookUpsSetAside records of who looked at what that their topic cannot hold
     */
    public record Now(
            long time,
            Link broker,
            List<TopicState> topics,
            DeadLetters deadLetters,
            DeviceCounts devices,
            Map<String, Double> availability,
            Stream stream,
            Counts alerts,
            Budgets.Shown budgets,
            long lookUpsSetAside,
            List<Job> jobs) {}

    /**
     * The connection to the broker.
     *
     * @param ageMs since its last answer
     */
    public record Link(boolean connected, long ageMs) {}

    /**
     * How far a topic is read.
     *
     * @param delayMs from the last record's entry into the topic until it was read
     */
    public record TopicState(
            String topic, long lagRecords, long lastRecordAt, long delayMs, long unreadable) {}

    /**
     * Rejected records of the last day.
     *
     * @param byField their number by topic and field
     */
    public record DeadLetters(int lastDay, Map<String, Integer> byField) {}

    /** How many devices of a kind there are, and how many of them fail. */
    public record Kinds(int total, int silent, int fault) {}

    /**
     * How many devices there are, and which are silent.
     *
     * @param silentIds at most 500
     */
    public record DeviceCounts(
            int total,
            int silent,
            int fault,
            Map<String, Kinds> byKind,
            Collection<String> silentIds) {}

    /** A median and a 99th percentile. */
    public record Quantiles(double p50, double p99) {}

    /**
     * What browsers receive.
     *
     * @param clients streams that are open
     * @param resyncs how often one had to load all again
     */
    public record Stream(int clients, long resyncs, Quantiles emissionToSendMs) {}

    /** How many items were opened in the last day, by type. */
    public record Counts(Map<String, Integer> lastDayByType) {}

    /**
     * A job whose metrics are read.
     *
     * @param ageMs since they were last read, or null
     */
    public record Job(String name, String url, boolean up, Long ageMs) {}

    /** The last day, one value a minute; null where there is none. */
    public record Series(int stepSeconds, List<Long> times, Map<String, List<Double>> series) {}

    /** What models were asked for and what the job answered; the last of each model. */
    public record Models(@JsonRawValue String requests, @JsonRawValue String answers) {}

    private record Dead(long at, String field) {}

    /** A model's rates in one subtask of video-analytics. */
    private static final class OfSubtask {
        private final String model;
        private double budget;
        private double realised;
        private double cameraDays;

        private OfSubtask(String model) {
            this.model = model;
        }
    }

    private record Step(long time, Map<String, Double> values) {}

    private final Settings settings;
    private final Items items;
    private final Devices devices;
    private final Broker broker;
    private final Budgets budgets;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, Long> lastRecordAt = new ConcurrentHashMap<>();
    private final Map<String, Long> readAfter = new ConcurrentHashMap<>();
    private volatile Map<String, Long> lags = Map.of();
    private final Map<String, Long> largestLags = new ConcurrentHashMap<>();
    private final Map<String, Long> unreadable = new ConcurrentHashMap<>();
    private final Map<String, String> modelRequests = new ConcurrentHashMap<>();
    private final Map<String, String> modelAnswers = new ConcurrentHashMap<>();
    private final Map<String, Long> jobAnsweredAt = new ConcurrentHashMap<>();
    private final Deque<Dead> dead = new ArrayDeque<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final long[] delays = new long[MAX_DELAYS];
    private long delayCount;
    private long resyncs;
    private volatile long lookUpsSetAside;

    public Health(Settings settings, Items items, Devices devices, Broker broker, Budgets budgets) {
        this.settings = settings;
        this.items = items;
        this.devices = devices;
        this.broker = broker;
        this.budgets = budgets;
    }

    /** Takes note of a record that all may know of, or that cannot be read. */
    public void took(String topic, long at) {
        lastRecordAt.merge(topic, at, Math::max);
        readAfter.put(topic, Math.max(0, System.currentTimeMillis() - at));
    }

    /** Takes how many records of each topic wait to be read. */
    public void lag(Map<String, Long> records) {
        lags = records;
        records.forEach((topic, lag) -> largestLags.merge(topic, lag, Math::max));
    }

    /**
     * Counts a record that cannot be read.
     *
     * @param at epoch ms of its entry into the topic
     */
    public void unreadable(String topic, long at) {
        took(topic, at);
        unreadable.merge(topic, 1L, Long::sum);
    }

    /** Takes how many look-ups are set aside. */
    public void setAside(long lookUps) {
        lookUpsSetAside = lookUps;
    }

    /** Takes the last request about a model as JSON; null removes. */
    public void modelRequest(String model, String json) {
        put(modelRequests, model, json);
    }

    /** Takes the last answer about a model as JSON; null removes. */
    public void modelAnswer(String model, String json) {
        put(modelAnswers, model, json);
    }

    private static void put(Map<String, String> to, String model, String json) {
        if (model != null && json != null && !json.contains("\n")) {
            to.put(model, json);
        } else if (model != null) {
            to.remove(model);
        }
    }

    /**
     * Counts a rejected record.
     *
     * @param at epoch ms of its rejection
     * @param field topic and field that were wrong
     */
    public synchronized void deadLetter(long at, String field) {
        dead.add(new Dead(at, field));
        forgetDead();
    }

    private void forgetDead() {
        long dayAgo = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        while (!dead.isEmpty() && (dead.peek().at < dayAgo || dead.size() > 100_000)) {
            dead.remove();
        }
    }

    /** The time from a record's entry into its topic until it was sent to a browser. */
    public synchronized void sent(long delayMs) {
        delays[(int) (delayCount++ % MAX_DELAYS)] = delayMs;
    }

    /** Counts a browser that has to load all again. */
    public synchronized void resynced() {
        resyncs++;
    }

    private synchronized Quantiles delays() {
        long[] sorted = Arrays.copyOf(delays, (int) Math.min(delayCount, MAX_DELAYS));
        Arrays.sort(sorted);
        return sorted.length == 0
                ? null
                : new Quantiles(sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.99)]);
    }

    /**
     * The state now, as everybody may know of it.
     *
     * @param viewer who sees which devices are silent; all others are counts
     */
    public Now now(Viewer viewer) {
        List<Devices.Shown> all = devices.all(Viewer.EVERYBODY);
        Map<String, Kinds> byKind = new TreeMap<>();
        Map<String, Double> availability = new TreeMap<>();
        for (Devices.Shown each : all) {
            byKind.merge(
                    each.kind().name(),
                    new Kinds(1, is(each, Devices.State.SILENT), is(each, Devices.State.FAULT)),
                    (a, b) -> new Kinds(a.total + b.total, a.silent + b.silent, a.fault + b.fault));
        }
        byKind.forEach(
                (kind, of) -> availability.put(kind, average("availability." + kind, share(of))));
        long now = System.currentTimeMillis();
        Map<String, Integer> byType = new TreeMap<>();
        items.visible(Viewer.EVERYBODY).stream()
                .filter(item -> item.openedAt() > now - Duration.ofDays(1).toMillis())
                .forEach(item -> byType.merge(item.type(), 1, Integer::sum));
        Map<String, Integer> byField = new TreeMap<>();
        int deadCount;
        synchronized (this) {
            forgetDead();
            dead.forEach(each -> byField.merge(each.field, 1, Integer::sum));
            deadCount = dead.size();
        }
        return new Now(
                now,
                new Link(!broker.isSilent(), broker.ageMs()),
                lastRecordAt.entrySet().stream()
                        .map(
                                each ->
                                        new TopicState(
                                                each.getKey(),
                                                lags.getOrDefault(each.getKey(), 0L),
                                                each.getValue(),
                                                readAfter.getOrDefault(each.getKey(), 0L),
                                                unreadable.getOrDefault(each.getKey(), 0L)))
                        .toList(),
                new DeadLetters(deadCount, byField),
                new DeviceCounts(
                        all.size(),
                        byKind.values().stream().mapToInt(Kinds::silent).sum(),
                        byKind.values().stream().mapToInt(Kinds::fault).sum(),
                        byKind,
                        devices.all(viewer).stream()
                                .filter(each -> each.health() == Devices.State.SILENT)
                                .map(Devices.Shown::deviceId)
                                .limit(500)
                                .toList()),
                availability,
                new Stream(items.watchers(), resyncs, delays()),
                new Counts(byType),
                budgets.shown(now),
                lookUpsSetAside,
                settings.prometheus().entrySet().stream()
                        .map(
                                each -> {
                                    Long at = jobAnsweredAt.get(each.getKey());
                                    return new Job(
                                            each.getKey(),
                                            each.getValue(),
                                            at != null && now - at < 2 * STEP_MS,
                                            at == null ? null : now - at);
                                })
                        .toList());
    }

    private static int is(Devices.Shown device, Devices.State state) {
        return device.health() == state ? 1 : 0;
    }

    private static double share(Kinds of) {
        return 1 - (double) (of.silent + of.fault) / of.total;
    }

    private synchronized double average(String name, double now) {
        return steps.stream()
                .map(step -> step.values.get(name))
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(now);
    }

    /** Notes the state; called every minute. */
    public void step() {
        Map<String, Double> values = new HashMap<>();
        Now now = now(Viewer.EVERYBODY);
        values.put(
                "pending",
                (double)
                        items.visible(Viewer.EVERYBODY).stream()
                                .filter(item -> item.list() != Item.Tray.DONE)
                                .count());
        values.put(
                "alerts",
                (double)
                        items.visible(Viewer.EVERYBODY).stream()
                                .filter(item -> item.receivedAt() > now.time - STEP_MS)
                                .count());
        synchronized (this) {
            values.put(
                    "deadLetters",
                    (double) dead.stream().filter(each -> each.at > now.time - STEP_MS).count());
        }
        values.put("silentDevices", (double) now.devices.silent);
        values.put("clients", (double) now.stream.clients);
        if (now.stream.emissionToSendMs != null) {
            values.put("delayMsP99", now.stream.emissionToSendMs.p99);
        }
        now.devices.byKind.forEach((kind, of) -> values.put("availability." + kind, share(of)));
        // The largest since the last step, because what is read at once would never show.
        largestLags
                .keySet()
                .forEach(topic -> values.put("lag." + topic, (double) largestLags.put(topic, 0L)));
        Map<String, OfSubtask> subtasks = new TreeMap<>();
        settings.prometheus().forEach((name, url) -> scrape(name, url, values, subtasks));
        budgets.measured(models(subtasks.values()));
        budgets.step(now.time, values);
        synchronized (this) {
            steps.add(new Step(now.time, values));
            if (steps.size() > DAY_STEPS) {
                steps.remove();
            }
        }
    }

    /** The mean over subtasks, weighted by the cameras' days behind each. */
    private static Map<String, Budgets.Model> models(Collection<OfSubtask> subtasks) {
        Map<String, Budgets.Model> models = new TreeMap<>();
        for (String name : MODELS.values()) {
            List<OfSubtask> of = subtasks.stream().filter(each -> each.model.equals(name)).toList();
            double days = of.stream().mapToDouble(each -> each.cameraDays).sum();
            double set = of.stream().mapToDouble(each -> each.budget).max().orElse(0);
            if (set > 0) {
                double alerts =
                        of.stream().mapToDouble(each -> each.realised * each.cameraDays).sum();
                models.put(
                        name,
                        new Budgets.Model(
                                name, null, null, days > 0 ? alerts / days : null, set, true));
            }
        }
        return models;
    }

    /**
     * Adds up metrics of a job over their labels; none that counts records, because some of them
     * may be covert.
     */
    private void scrape(
            String job, String url, Map<String, Double> values, Map<String, OfSubtask> subtasks) {
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return;
            }
            jobAnsweredAt.put(job, System.currentTimeMillis());
            Matcher sample = SAMPLE.matcher(response.body());
            while (sample.find() && values.size() < MAX_SERIES) {
                double value = Double.parseDouble(sample.group(3));
                String labels = sample.group(2) == null ? "" : sample.group(2);
                String name = sample.group(1);
                if (name.startsWith(FLINK)) {
                    ofFlink(job, name.substring(FLINK.length()), labels, value, values);
                    ofModel(name.substring(FLINK.length()), url + labels, value, subtasks);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} does not answer", url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of the hundreds that a job has, how far it is behind and how long it takes. */
    private static void ofFlink(
            String job, String name, String labels, double value, Map<String, Double> values) {
        if (name.equals("pendingRecords")) {
            values.merge("lag." + job, value, Double::sum);
        } else if (name.startsWith("arrivalTo") && labels.contains("quantile=\"0.99\"")) {
            values.merge("latencyMsP99." + job, value, Math::max);
        }
    }

    private static void ofModel(
            String name, String subtask, double value, Map<String, OfSubtask> subtasks) {
        MODELS.forEach(
                (prefix, model) -> {
                    if (!name.startsWith(prefix)) {
                        return;
                    }
                    OfSubtask of =
                            subtasks.computeIfAbsent(model + subtask, key -> new OfSubtask(model));
                    switch (name.substring(prefix.length())) {
                        case "Budget" -> of.budget = value;
                        case "Realised" -> of.realised = value;
                        case "CameraDays" -> of.cameraDays = value;
                        default -> {}
                    }
                });
    }

    /**
     * The values of a period.
     *
     * @param from epoch ms, inclusive
     * @param to epoch ms, exclusive
     */
    public synchronized Series series(long from, long to) {
        List<Step> wanted =
                steps.stream().filter(step -> step.time >= from && step.time < to).toList();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        wanted.forEach(step -> step.values.keySet().forEach(name -> series.put(name, null)));
        series.replaceAll(
                (name, none) -> {
                    List<Double> values = new ArrayList<>();
                    wanted.forEach(step -> values.add(step.values.get(name)));
                    return values;
                });
        return new Series((int) (STEP_MS / 1000), wanted.stream().map(Step::time).toList(), series);
    }

    Models models() {
        return new Models(
                "[" + String.join(",", modelRequests.values()) + "]",
                "[" + String.join(",", modelAnswers.values()) + "]");
    }
}
