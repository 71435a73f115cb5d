package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.campaign.World.Plan;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.FaultEvidence;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.kafka.AlertRecords;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.IOUtils;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** Runs one world through all jobs, to its end and beyond, and checks the invariants. */
final class WorldRun {
    private static final Set<String> READS =
            Set.of(Topics.PLATE_READS, Topics.RFID_READS, Topics.CAMERA_FRAMES);

    /** The topics that advance the watermarks of dispatch. */
    private static final Set<String> SOURCES_OF_DISPATCH =
            Set.of(
                    Topics.ALERTS,
                    Topics.CALLS,
                    Topics.PUBLIC_WARNINGS,
                    Topics.NATIONAL_INBOUND,
                    Topics.DEVICE_EVENTS,
                    Topics.DISPATCH_RESPONSES,
                    Topics.SITE_PRESENCE,
                    Topics.DELIVERIES,
                    Topics.DRONES);

    /** Interval at which sources emit their watermarks. */
    private static final long TICK_MS = 200;

    /** A longer gap is crossed in steps, so that timers of different times interleave. */
    private static final long STEP_MS = 5_000;

    private static final int MAX_STEPS = 50;

    /** Maximum time between two frames of a camera that counts as watched. */
    private static final long WATCHED_GAP_MS = 10_000;

    private static final long HOUR_MS = 3_600_000;

    /**
     * After this time, all state of the jobs has expired under the settings used here; device times
     * may be a day off.
     */
    private static final long AFTERLIFE_MS = 60 * HOUR_MS;

    private static final long AFTERLIFE_STEP_MS = HOUR_MS;

    /** One frame in this many is searched for non-finite numbers. */
    private static final int FRAMES_SAMPLED = 16;

    /**
     * Maximum number of checks of the jobs' whole state during a world, besides the one at the end.
     */
    private static final int CHECKS = 12;

    /** Share of alert messages that get a disposition. */
    private static final double ANSWERED = 0.2;

    private final World world;
    private final Plan plan;
    private final Random random;
    private final Figures figures;
    private final List<Finding> findings = new ArrayList<>();
    private final AlertLedger ledger = new AlertLedger(findings::add);
    private final IncidentLedger incidents = new IncidentLedger(findings::add);
    private final OutreachLedger outreach = new OutreachLedger(findings::add);
    private final WildCentres centres;
    private final List<TopicRecord> fed = new ArrayList<>();
    private final List<TopicRecord> answers = new ArrayList<>();
    private final List<RawRecord> published = new ArrayList<>();
    private final Map<String, Long> lastFrame = new HashMap<>();
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> entries = new LinkedHashSet<>();
    private final StateBounds bounds;
    private final List<JobHarness> jobs = new ArrayList<>();
    private long clock;
    private long lastTick;
    private int elements;
    private boolean isOver;
    private int checked;
    private TopicRecord current;

    private WorldRun(World world, Figures figures) {
        this.world = world;
        this.figures = figures;
        plan = world.plan();
        random = new Random(plan.seed());
        bounds = new StateBounds(findings::add, figures.largest());
        centres = new WildCentres(new Random(plan.seed()), incidents);
    }

    /**
     * The result of a run.
     *
     * @param fed all records up to the end or the exception, including those added by the run
     */
    record Result(List<Finding> findings, List<TopicRecord> fed) {}

    /** Runs a world until it ends or an exception is thrown. */
    static Result run(World world, Figures figures) {
        WorldRun run = new WorldRun(world, figures);
        run.live();
        return new Result(run.findings, run.fed);
    }

    private void live() {
        clock = world.records().isEmpty() ? 0 : world.records().get(0).timestamp();
        lastTick = clock;
        try {
            play();
            IOUtils.closeAll(jobs);
        } catch (Exception | StackOverflowError | AssertionError e) {
            IOUtils.closeAllQuietly(jobs);
            findings.add(Finding.of(e, current == null ? null : current.key()));
            figures.thrown(e);
        }
        figures.alerts(ledger.alerts(), ledger.count());
        figures.incidents(incidents.ids().size(), incidents.events());
        figures.world(entries.size());
    }

    private void play() throws Exception {
        for (JobDefinition<?> job : JobDefinition.all()) {
            jobs.add(harness(job));
        }
        int next = 0;
        for (TopicRecord record : world.records()) {
            feed(record);
            next++;
            if (plan.snapshotEvery() > 0 && next % plan.snapshotEvery() == 0) {
                snapshot(next);
            }
        }
        for (JobHarness job : jobs) {
            job.checkpoint();
            job.checkState(bounds);
        }
        current = null;
        incidents.requireConsistent(clock);
        outreach.requireOpen();
        afterlife();
    }

    private void snapshot(int next) throws Exception {
        boolean restart = next / plan.snapshotEvery() % 2 == 0;
        boolean isCheck = !restart && next - checked >= world.records().size() / CHECKS;
        checked = isCheck ? next : checked;
        for (JobHarness job : jobs) {
            if (restart) {
                job.restart();
            } else {
                job.checkpoint();
            }
            if (isCheck) {
                job.checkState(bounds);
            }
        }
    }

    /** Limits that a world reaches; each job takes those of its own options. */
    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("read-history.retention", "1 d");
        options.putAll(Neighbours.options());
        options.put("calibration.memory", "1 d");
        options.put("prefilter.capacity", "2048");
        options.put("ocr-verification.budget", plan.hasPlateImages() ? "400" : "0");
        options.put("ocr-verification.when-full", "WAIT");
        options.put("cameras.forget-after", "6 h");
        options.put("cameras.cached", "16");
        options.put("models.cached", "8");
        options.put("scene.warm-up", plan.warmUpMinutes() + " min");
        options.put("scene.busy-warm-up", Math.max(1, plan.warmUpMinutes() / 2) + " min");
        return options;
    }

    private <S extends JobSettings> JobHarness harness(JobDefinition<S> job) throws Exception {
        Map<String, String> options = options();
        options.keySet().retainAll(job.options().stream().map(ConfigOption::key).toList());
        S settings = job.settings(Configuration.fromMap(options));
        return new JobHarness(
                sources -> {
                    JobGraph graph =
                            JobGraph.of(job, settings, source -> sources.apply(source.topic()));
                    Map<DataStream<?>, BiConsumer<Object, Long>> ends = new LinkedHashMap<>();
                    ends.put(graph.alerts(), alerts(job.name()));
                    graph.outputs()
                            .forEach(
                                    output ->
                                            ends.put(
                                                    output.stream(),
                                                    (element, time) ->
                                                            output(output.topic(), element)));
                    ends.put(graph.deadLetters(), deadLetters(job.name()));
                    return ends;
                },
                job.account() == Account.DISPATCH ? SOURCES_OF_DISPATCH : READS,
                plan.backend(),
                clock,
                this::onElement);
    }

    private void feed(TopicRecord record) throws Exception {
        advance(record.timestamp());
        count(record);
        give(record);
        step();
        while (!published.isEmpty()) {
            feed(published.remove(published.size() - 1));
            step();
        }
        while (!answers.isEmpty()) {
            give(answers.remove(answers.size() - 1));
            step();
        }
    }

    private void give(TopicRecord record) {
        fed.add(record);
        current = record;
        RawRecord raw =
                new RawRecord(
                        record.topic(),
                        0,
                        0,
                        record.timestamp(),
                        utf8(record.key()),
                        record.value(),
                        record.headers().entrySet().stream()
                                .map(
                                        header ->
                                                new RawRecord.RawHeader(
                                                        header.getKey(), utf8(header.getValue())))
                                .toList());
        feed(raw);
    }

    private void feed(RawRecord record) {
        for (JobHarness job : jobs) {
            if (job.reads(record.topic())) {
                job.feed(record, clock);
            }
        }
    }

    private void step() throws Exception {
        for (JobHarness job : jobs) {
            if (!plan.isMixed() || random.nextInt(64) == 0) {
                job.drain();
            } else {
                job.deliverSome(random);
            }
        }
    }

    /** Advances the world's clock, which never goes back although record times may. */
    private void advance(long time) throws Exception {
        if (time - lastTick < TICK_MS) {
            clock = Math.max(clock, time);
            return;
        }
        long steps = Math.min(MAX_STEPS, 1 + (time - clock) / STEP_MS);
        for (long i = 1, from = clock; i <= steps; i++) {
            clock = from + (time - from) * i / steps;
            tick();
        }
    }

    private void tick() throws Exception {
        lastTick = clock;
        for (JobHarness job : jobs) {
            job.now(clock);
            job.tick(clock, plan.watermarkLag());
            job.runMails();
        }
        step();
    }

    private void count(TopicRecord record) {
        String mutations = record.headers().get(Mutator.HEADER);
        if (mutations != null) {
            figures.occurrences().given(mutations);
        }
        if (record.topic().equals(Topics.CAMERA_FRAMES)) {
            Long before = lastFrame.put(record.key(), clock);
            figures.frame(before == null ? 0 : Math.min(WATCHED_GAP_MS, clock - before));
        } else if (READS.contains(record.topic())) {
            figures.read();
        } else if (record.topic().equals(Topics.DEVICES) && record.key() != null) {
            devices.add(record.key());
        } else if (record.topic().equals(Topics.HOTLIST) && record.key() != null) {
            entries.add(record.key());
        }
    }

    /** Removes every device and entry, and advances the time until all state must have expired. */
    private void afterlife() throws Exception {
        int before = fed.size();
        isOver = true;
        for (TopicRecord closing : centres.closing(clock)) {
            give(closing);
            step();
        }
        for (String device : devices) {
            give(new TopicRecord(Topics.DEVICES, clock, device, null));
        }
        for (String entry : entries) {
            give(new TopicRecord(Topics.HOTLIST, clock, entry, null));
        }
        pass(AFTERLIFE_MS);
        give(lastEntry());
        give(new TopicRecord(Topics.HOTLIST, clock + 1, StateBounds.LAST_KEY, null));
        give(new TopicRecord(Topics.DEVICES, clock, StateBounds.LAST_KEY, null));
        fed.subList(before, fed.size()).clear();
        pass(AFTERLIFE_MS / 2);
        // Caches write back at a checkpoint, and the written state may be due at once.
        for (JobHarness job : jobs) {
            job.checkpoint();
        }
        advanceAll(AFTERLIFE_STEP_MS);
        for (JobHarness job : jobs) {
            job.checkpoint();
            if (!job.reads(Topics.SITE_PRESENCE)) {
                job.requireEmpty(bounds);
            }
        }
        ledger.requireAllOver();
        forgetDevices();
    }

    /**
     * Dispatch waits a month for each device, a week for someone to close its incident, and a day
     * for more of it.
     */
    private void forgetDevices() throws Exception {
        for (int days : List.of(31, 9, 2)) {
            advanceAll(days * 24 * HOUR_MS);
            advanceAll(AFTERLIFE_STEP_MS);
        }
        for (JobHarness job : jobs) {
            job.checkpoint();
            if (job.reads(Topics.SITE_PRESENCE)) {
                job.requireEmpty(bounds);
            }
        }
    }

    private void pass(long time) throws Exception {
        long end = clock + time;
        for (long ahead = 250; clock < end; ahead = Math.min(2 * ahead, AFTERLIFE_STEP_MS)) {
            advanceAll(ahead);
        }
    }

    private TopicRecord lastEntry() {
        String entry =
                """
                {"entryId": "%s", "plate": "LAST1", "reason": "INTEREST", "caseNumber": "C",
                 "agency": "A", "covert": true, "notify": ["unit-1"]}"""
                        .formatted(StateBounds.LAST_KEY);
        return new TopicRecord(Topics.HOTLIST, clock, StateBounds.LAST_KEY, utf8(entry));
    }

    private void advanceAll(long ahead) throws Exception {
        clock += ahead;
        for (JobHarness job : jobs) {
            job.now(clock);
            job.advance(clock);
            job.runMails();
            job.drain();
        }
    }

    private void onElement(String step, Object element) {
        if (step.startsWith("parse-")) {
            figures.occurrences().parsed(element);
        }
        if (step.equals("parse-camera-frames") && elements++ % FRAMES_SAMPLED != 0) {
            return;
        }
        String number = NonFinite.in(element);
        if (number != null) {
            findings.add(
                    new Finding(
                            Kind.NOT_FINITE,
                            step + ": " + number.replaceAll("=.*", ""),
                            number,
                            current == null ? null : current.key()));
        }
    }

    private BiConsumer<Object, Long> alerts(String job) {
        AlertRecords records = new AlertRecords(job);
        return (element, timestamp) -> {
            Alert alert = (Alert) element;
            ledger.add(alert);
            if (alert.evidence() instanceof FaultEvidence fault) {
                findings.add(
                        new Finding(
                                Kind.INTERNAL_ERROR,
                                "alert of " + fault.operator() + " at " + fault.thrownAt(),
                                fault.exception(),
                                alert.deviceId()));
            }
            RawRecord record = records.write(alert);
            published.add(
                    new RawRecord(
                            Topics.ALERTS,
                            0,
                            0,
                            clock,
                            record.key(),
                            record.value(),
                            record.headers()));
            if (random.nextDouble() < ANSWERED) {
                answers.add(answer(alert));
            }
        };
    }

    private TopicRecord answer(Alert alert) {
        Disposition.Outcome[] outcomes = Disposition.Outcome.values();
        Disposition disposition =
                new Disposition(
                        "D-" + alert.alertId() + "-" + random.nextInt(3),
                        alert.alertId(),
                        null,
                        null,
                        alert.deviceId(),
                        outcomes[random.nextInt(outcomes.length)],
                        "campaign",
                        null,
                        clock - random.nextInt(60_000));
        return new TopicRecord(
                Topics.DISPOSITIONS, clock, alert.alertId(), Disposition.CODEC.write(disposition));
    }

    private BiConsumer<Object, Long> deadLetters(String job) {
        return (element, timestamp) -> deadLetter((DeadLetter) element, job);
    }

    private void deadLetter(DeadLetter letter, String job) {
        figures.deadLetter();
        // Both jobs read the devices, so a rejected device counts once.
        boolean isCounted =
                letter.address() == null
                        || !letter.address().topic().equals(Topics.DEVICES)
                        || job.equals(Account.HOTLIST_MATCH.id());
        if (isCounted) {
            figures.occurrences().rejected(letter);
        }
        if (letter.error() != null) {
            DeadLetter.InternalError error = letter.error();
            findings.add(
                    new Finding(
                            Kind.INTERNAL_ERROR,
                            error.operator()
                                    + ": "
                                    + error.exceptionClass()
                                    + " at "
                                    + error.thrownAt(),
                            error.exception(),
                            letter.key() == null
                                    ? null
                                    : new String(letter.key(), StandardCharsets.UTF_8)));
        }
    }

    private void output(String topic, Object element) {
        byte[] json;
        if (element instanceof ModelAnswer answer) {
            json = ModelAnswer.CODEC.write(answer);
        } else {
            RawRecord record = (RawRecord) element;
            json = record.value();
            published.add(record);
            if (!isOver) {
                figures.occurrences().count("records in " + topic);
            }
            if (json == null) {
                // An entry of another agency that holds no more.
                return;
            }
            try {
                incidents(topic, json, record.timestamp());
            } catch (InvalidRecordException e) {
                findings.add(
                        new Finding(Kind.INVALID_OUTPUT, topic + ": " + e, e.toString(), null));
            }
        }
        String faults = Schemas.faults(topic, json);
        if (!faults.isEmpty()) {
            findings.add(
                    new Finding(
                            Kind.INVALID_OUTPUT,
                            topic + ": " + faults.replaceAll("\\d+", "n"),
                            faults + " in " + new String(json, StandardCharsets.UTF_8),
                            null));
        }
    }

    private void incidents(String topic, byte[] json, long time) throws InvalidRecordException {
        switch (topic) {
            case Topics.INCIDENTS -> {
                Incident incident = Incident.CODEC.read(json);
                incidents.add(incident);
                outreach.add(incident);
                if (!isOver) {
                    answers.addAll(centres.answer(incident, clock));
                }
            }
            case Topics.DISPATCH_TOLUCA ->
                    incidents.add("TOLUCA", DispatchMessage.CODEC.read(json));
            case Topics.DISPATCH_ECATEPEC ->
                    incidents.add("ECATEPEC", DispatchMessage.CODEC.read(json));
            case Topics.ANNOUNCEMENTS -> outreach.add(Announcement.CODEC.read(json), time);
            case Topics.VIDEOWALL -> outreach.add(Wall.CODEC.read(json));
            case Topics.NATIONAL_EXCHANGE -> outreach.add(NationalMessage.CODEC.read(json));
            case Topics.DRONE_TASKS -> {
                DroneTask task = DroneTask.CODEC.read(json);
                outreach.add(task);
                if (!isOver) {
                    answers.addAll(centres.answer(task, clock));
                }
            }
            default -> {}
        }
    }

    /** Loaded lazily, because many worlds have no outputs of some topics. */
    private static final class Schemas {
        private static final Map<String, OutputSchema> BY_TOPIC = new HashMap<>();

        static String faults(String topic, byte[] json) {
            return BY_TOPIC.computeIfAbsent(topic, OutputSchema::new).faults(json);
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
