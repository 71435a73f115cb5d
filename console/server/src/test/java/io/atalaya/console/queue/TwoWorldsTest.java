package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.TestBroker;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.feed.Feed;
import io.atalaya.console.feed.RecordRouter;
import io.atalaya.console.health.Budgets;
import io.atalaya.console.health.Health;
import io.atalaya.console.health.Metrics;
import io.atalaya.console.item.Act;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Subscription;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two worlds, of which one has something covert that the other has not, give those who may not know
 * of it the same answers and streams, byte by byte.
 */
@Tag("attack")
class TwoWorldsTest {
    private static final long NOW = System.currentTimeMillis() - 60_000;
    private static final int MAX_ITEMS = 12;
    private static final int MAX_ALERTS = 15;
    private static final int IDS = 20;
    private static final String INSIDERS = "unit-1";

    /** Where nothing listens; whether the broker answers is not compared. */
    private static final Settings SETTINGS =
            TestBroker.settings(
                    Map.of("bootstrap.servers", "localhost:1", "reconnect.backoff.ms", 60_000));

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.atalaya.console");

    /** What the console has logged, and in which thread; tests of other classes may log, too. */
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    private static Broker broker;

    /** What happens; of the hidden ones only the first world knows. */
    enum Kind {
        ALERT,
        INCIDENT,
        CLOSED_INCIDENT,
        DIGEST,
        FAULT,
        ANSWER,
        PENDING,
        ACKNOWLEDGED,
        DELIVERY,
        WALL,
        TASK,
        MUTE,
        MUTE_BY_HIDDEN_PLATE,
        DEVICE,
        DEAD_LETTER,
        UNREADABLE,
        BROKEN,
        TICK,
        RECONNECT,
        HIDDEN_ALERT,
        HIDDEN_INCIDENT,
        HIDDEN_CLOSED_INCIDENT,
        HIDDEN_INCIDENT_OF_OPEN,
        HIDDEN_FAULT,
        HIDDEN_ANSWER,
        HIDDEN_PENDING,
        HIDDEN_ACKNOWLEDGED,
        HIDDEN_DELIVERY,
        HIDDEN_WALL,
        HIDDEN_TASK,
        HIDDEN_DEAD_LETTER,
        HIDDEN_UNREADABLE;

        boolean isHidden() {
            return name().startsWith("HIDDEN_");
        }
    }

    record Step(Kind kind, int first, int second, int number) {}

    private static final List<Viewer> STRANGERS =
            List.of(
                    viewer("boss", Set.of(), Set.of(), Role.SUPERVISOR),
                    viewer("luz", Set.of("unit-2"), Set.of("TOLUCA"), Role.DISPATCHER),
                    // Even those that are named may not, as these roles.
                    viewer("ada", Set.of(INSIDERS), Set.of(), Role.ANALYST, Role.SUPERVISOR),
                    viewer("wall-1", Set.of(), Set.of("TOLUCA"), Role.WALL),
                    viewer("mario", Set.of(), Set.of(), Role.INVESTIGATOR),
                    viewer("op", Set.of(), Set.of(), Role.OPERATOR, Role.AUDITOR));

    private static final Viewer INSIDER =
            viewer("ana", Set.of(INSIDERS), Set.of(), Role.SUPERVISOR);

    private static final List<Viewer> EVERYBODY =
            Stream.concat(STRANGERS.stream(), Stream.of(INSIDER)).toList();

    private static Viewer viewer(
            String name, Set<String> groups, Set<String> sites, Role... roles) {
        return new Viewer(name, name, Set.of(roles), groups, sites, null);
    }

    @BeforeAll
    static void start() {
        broker = new Broker(SETTINGS);
        LOG.start();
        LOGGER.addAppender(LOG);
        LOGGER.setAdditive(false);
    }

    @AfterAll
    static void stop() {
        LOGGER.setAdditive(true);
        LOGGER.detachAppender(LOG);
        broker.close();
    }

    /**
     * The lines of this thread since the last call. Those of level DEBUG, which an installation has
     * not, say what cannot be read; offsets count records of all kinds.
     */
    private static List<String> logged() {
        List<ILoggingEvent> events = List.copyOf(LOG.list);
        LOG.list.clear();
        return events.stream()
                .filter(each -> each.getThreadName().equals(Thread.currentThread().getName()))
                .filter(each -> each.getLevel().isGreaterOrEqual(Level.INFO))
                .map(
                        each ->
                                each.getLevel()
                                        + " "
                                        + each.getLoggerName()
                                        + " "
                                        + each.getFormattedMessage()
                                                .replaceAll(" at [0-9]+ ", " at an offset ")
                                        + ThrowableProxyUtil.asString(each.getThrowableProxy())
                                                .lines()
                                                // One world's step is a call deeper.
                                                .filter(line -> !line.contains("TwoWorldsTest"))
                                                .toList())
                .toList();
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    private static List<Step> steps(int seed) {
        Random random = new Random(seed);
        return Stream.generate(
                        () ->
                                new Step(
                                        Kind.values()[random.nextInt(Kind.values().length)],
                                        random.nextInt(IDS),
                                        random.nextInt(IDS),
                                        random.nextInt(101)))
                .limit(20 + random.nextInt(140))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strangersLearnNothing(int seed) throws Exception {
        requireEqual(steps(seed));
    }

    /** The alert is in the queue, in an open incident, not shown yet, or not known yet. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ALERT", "INCIDENT", "TICK", "RECONNECT"})
    void anOpenAlertStaysWhenAHiddenIncidentTakesIt(Kind before) throws Exception {
        for (int number : List.of(50, 51)) {
            List<Step> steps =
                    Stream.of(
                                    // By a digest dispatch shows that it runs.
                                    number == 50 ? Kind.DIGEST : Kind.HIDDEN_ALERT,
                                    before == Kind.RECONNECT ? Kind.RECONNECT : Kind.ALERT,
                                    before,
                                    Kind.HIDDEN_INCIDENT_OF_OPEN,
                                    Kind.ALERT,
                                    Kind.TICK,
                                    Kind.ACKNOWLEDGED,
                                    Kind.HIDDEN_INCIDENT_OF_OPEN,
                                    Kind.HIDDEN_ALERT,
                                    Kind.ANSWER,
                                    Kind.RECONNECT,
                                    Kind.INCIDENT,
                                    Kind.HIDDEN_INCIDENT_OF_OPEN,
                                    Kind.ALERT,
                                    Kind.ANSWER)
                            .map(kind -> new Step(kind, 1, 1, number))
                            .toList();
            for (int n = 1; n <= steps.size(); n++) {
                String answers = requireEqual(steps.subList(0, n));
                if (n > 5) {
                    assertThat(answers).containsPattern("\"id\":\"(alert:|incident:INC)open1\"");
                }
            }
        }
    }

    /**
     * What strangers receive is the same after each step, and at the end what anyone can ask for.
     *
     * @return all that strangers can ask for
     */
    private static String requireEqual(List<Step> steps) throws Exception {
        World with = new World(EVERYBODY);
        World without = new World(EVERYBODY);
        logged();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long now = 1_000 + i * 60L;
            with.apply(step, i);
            with.stream(INSIDER, now);
            List<String> lines = logged();
            without.pass(step, i);
            without.stream(INSIDER, now);
            assertThat(lines).as("log after %d, %s", i, step).isEqualTo(logged());
            for (Viewer viewer : STRANGERS) {
                assertThat(with.stream(viewer, now))
                        .as("stream of %s after %d, %s", viewer.name(), i, step)
                        .isEqualTo(without.stream(viewer, now));
            }
            if (i % 10 == 0) {
                assertThat(with.metrics())
                        .as("metrics after %d, %s", i, step)
                        .isEqualTo(without.metrics());
            }
        }
        String all = "";
        for (Viewer viewer : STRANGERS) {
            String answers = with.answers(viewer);
            List<String> lines = logged();
            assertThat(answers)
                    .as("answers to %s", viewer.name())
                    .isEqualTo(without.answers(viewer));
            assertThat(lines).as("log of %s", viewer.name()).isEqualTo(logged());
            all += answers;
        }
        assertThat(with.health()).isEqualTo(without.health());
        assertThat(with.scrape()).isEqualTo(without.scrape());
        return all;
    }

    /** The other way round: metrics and log show what all may know of. */
    @Test
    void metricsAndLogSeeWhatIsOpen() throws Exception {
        for (Kind kind :
                List.of(Kind.ALERT, Kind.DEVICE, Kind.DEAD_LETTER, Kind.UNREADABLE, Kind.BROKEN)) {
            World with = new World(EVERYBODY);
            World without = new World(EVERYBODY);
            logged();
            with.apply(new Step(kind, 1, 2, 50), 0);
            with.stream(INSIDER, 1_000);
            assertThat(logged())
                    .as("log of %s", kind)
                    .hasSize(kind == Kind.BROKEN ? 1 : 0)
                    .allMatch(
                            line ->
                                    line.contains("alerts at an offset is left out")
                                            && line.contains("as of a faulty library"));
            assertThat(with.metrics()).as("%s", kind).isNotEqualTo(without.metrics());
            assertThat(with.scrape()).as("%s", kind).isNotEqualTo(without.scrape());
        }
    }

    /** The other way round: the test would see it. */
    @Test
    void insidersSeeIt() throws Exception {
        for (Kind kind :
                List.of(
                        Kind.HIDDEN_ALERT,
                        Kind.HIDDEN_INCIDENT,
                        Kind.HIDDEN_INCIDENT_OF_OPEN,
                        Kind.HIDDEN_FAULT)) {
            World with = new World(List.of(INSIDER));
            World without = new World(List.of(INSIDER));
            Step step = new Step(kind, 1, 2, 50);
            with.apply(step, 0);
            without.pass(step, 0);
            assertThat(with.stream(INSIDER, 1_000))
                    .as("%s", kind)
                    .isNotEqualTo(without.stream(INSIDER, 1_000));
            assertThat(with.answers(INSIDER)).isNotEqualTo(without.answers(INSIDER));
            assertThat(with.answers(STRANGERS.get(0))).isEqualTo(without.answers(STRANGERS.get(0)));
        }
    }

    private record Watching(Viewer viewer, Subscription subscription) implements Items.Watcher {}

    private static final class World {
        private final Cursors cursors = new Cursors(new byte[32]);
        private long micros = NOW * 1_000;
        private final Items items = new Items(() -> micros, MAX_ITEMS, MAX_ALERTS);
        private final Mutes mutes = new Mutes(items);
        private final Devices devices = new Devices(items);
        private final Views views = new Views(items, mutes);
        private final Budgets budgets = new Budgets();
        private final Health health = new Health(SETTINGS, items, devices, broker, budgets);
        private final Batches batches = new Batches(items, mutes, devices, views);
        private final RecordRouter router =
                new RecordRouter(
                        items, mutes, devices, health, budgets, new Duty(Set.of(), List::of, null));
        private final Map<Viewer, Watching> watching = new LinkedHashMap<>();
        private final Map<Viewer, String> last = new LinkedHashMap<>();
        private Step lastWall;
        private long offset;

        World(List<Viewer> viewers) {
            items.caughtUp();
            for (Viewer viewer : viewers) {
                last.put(viewer, cursors.of(viewer, items.position()));
                watch(viewer);
            }
        }

        private void watch(Viewer viewer) {
            Watching before = watching.put(viewer, new Watching(viewer, new Subscription(0)));
            if (before != null) {
                items.unwatch(before);
            }
            items.watch(watching.get(viewer), cursors.number(viewer, last.get(viewer)));
        }

        /** In the world without it, time goes on. */
        void pass(Step step, int i) throws Exception {
            if (step.kind.isHidden()) {
                micros += 1_000;
            } else {
                apply(step, i);
            }
        }

        void apply(Step step, int i) throws Exception {
            micros += 1_000;
            boolean isHidden = step.kind.isHidden();
            if (isAboutUnknown(step)) {
                // No one can say that it is covert.
                return;
            }
            long revision = NOW + i;
            String alertId = (isHidden ? "SECRET" : "open") + step.first;
            String incidentId = "INC" + alertId;
            String item = (step.number % 2 == 0 ? Item.INCIDENT + "INC" : Item.ALERT) + alertId;
            switch (step.kind) {
                case ALERT, HIDDEN_ALERT -> send(Topics.ALERTS, alert(step, alertId, revision));
                case INCIDENT, HIDDEN_INCIDENT, HIDDEN_INCIDENT_OF_OPEN ->
                        send(Topics.INCIDENTS, incident(step, revision, Incident.Status.OPEN));
                case CLOSED_INCIDENT, HIDDEN_CLOSED_INCIDENT ->
                        send(Topics.INCIDENTS, incident(step, revision, Incident.Status.CLOSED));
                case DIGEST -> send(Topics.INCIDENTS, digest(step, revision));
                case FAULT, HIDDEN_FAULT -> send(Topics.ALERTS, fault(step, alertId, revision));
                case ANSWER, HIDDEN_ANSWER ->
                        items.answer(alertId, new Item.Answer(Outcome.CORRECT, "ana", revision));
                case PENDING, HIDDEN_PENDING ->
                        items.pending(
                                item,
                                step.second % 3 == 0
                                        ? null
                                        : new Item.Pending(
                                                "act", Act.Type.CLOSE, null, "ana", step.second));
                case ACKNOWLEDGED, HIDDEN_ACKNOWLEDGED -> items.acknowledged(Item.ALERT + alertId);
                case DELIVERY, HIDDEN_DELIVERY ->
                        send(
                                Topics.DELIVERIES,
                                Delivery.CODEC.write(
                                        new Delivery(
                                                "delivery-" + alertId,
                                                "cad",
                                                incidentId,
                                                revision,
                                                Delivery.Result.DELIVERED,
                                                null,
                                                revision)));
                case WALL -> {
                    lastWall = step;
                    send(Topics.VIDEOWALL, wall(step, revision, step.second));
                }
                case HIDDEN_WALL -> {
                    if (lastWall != null) {
                        send(Topics.VIDEOWALL, wall(lastWall, revision, step.second));
                    }
                }
                case TASK, HIDDEN_TASK -> send(Topics.DRONE_TASKS, task(step, alertId, revision));
                case MUTE -> mutes.put(mute(step, plate(false, step.first)));
                case MUTE_BY_HIDDEN_PLATE -> mutes.put(mute(step, plate(true, step.first)));
                case DEVICE -> {
                    Device device = Samples.device(device(step), Device.Kind.ARCH, 19.3, -99.6);
                    devices.put(device.deviceId(), device, "{}");
                }
                case DEAD_LETTER -> deadLetter("{\"plate\":\"?\"}");
                case HIDDEN_DEAD_LETTER -> deadLetter("{\"plate\":\"?\",\"covert\":true}");
                case UNREADABLE -> leaveOut("{\"alertId\":\"" + alertId + "\",\"plate\":1}");
                case HIDDEN_UNREADABLE ->
                        leaveOut(
                                "{\"alertId\":\"%s\",\"plate\":\"%s\",%s}"
                                        .formatted(
                                                alertId,
                                                plate(true, step.first),
                                                step.number % 2 == 0
                                                        ? "\"covert\":true"
                                                        : "\"notify\":[\"unit-1\"]"));
                case BROKEN -> breakOn();
                case TICK -> items.tick(System.currentTimeMillis() + 61_000);
                case RECONNECT -> List.copyOf(watching.keySet()).forEach(this::watch);
            }
        }

        /** Whether it is about something hidden that is not known yet, or no longer. */
        private boolean isAboutUnknown(Step step) {
            return switch (step.kind) {
                case HIDDEN_ANSWER -> !items.isRestricted(Item.ALERT + "SECRET" + step.first);
                case HIDDEN_DELIVERY, HIDDEN_TASK ->
                        !items.isRestricted(Item.INCIDENT + "INCSECRET" + step.first);
                default -> false;
            };
        }

        private void send(String topic, byte[] value) throws InvalidRecordException {
            router.take(record(topic, value, new RecordHeaders()));
        }

        /** As the feed does with what is no alert. */
        private void leaveOut(String value) {
            Feed.take(
                    record(Topics.ALERTS, value.getBytes(UTF_8), new RecordHeaders()),
                    router,
                    health);
        }

        /** As the feed does with a record at which Java fails. */
        private void breakOn() {
            Feed.take(
                    new ConsumerRecord<>(Topics.ALERTS, 0, offset++, "key", new byte[0]) {
                        @Override
                        public byte[] value() {
                            throw new NoClassDefFoundError("as of a faulty library");
                        }
                    },
                    router,
                    health);
        }

        private void deadLetter(String original) throws InvalidRecordException {
            RecordHeaders headers = new RecordHeaders();
            headers.add("field", "plate".getBytes(UTF_8)).add("topic", "hotlist".getBytes(UTF_8));
            router.take(record(Topics.DEAD_LETTER, original.getBytes(UTF_8), headers));
        }

        private ConsumerRecord<String, byte[]> record(
                String topic, byte[] value, RecordHeaders headers) {
            return new ConsumerRecord<>(
                    topic,
                    0,
                    offset++,
                    micros / 1_000,
                    TimestampType.CREATE_TIME,
                    -1,
                    value.length,
                    "key",
                    value,
                    headers,
                    Optional.empty());
        }

        private static String plate(boolean isHidden, int n) {
            return (isHidden ? "ZZ" : "AA") + String.format("%04d", n) + "Q";
        }

        private static String device(Step step) {
            return "ARCH-" + step.second % 5;
        }

        private static List<String> notified(Step step) {
            return step.kind.isHidden()
                    ? List.of(INSIDERS, "ada", "other-" + step.number % 3)
                    : List.of();
        }

        private static byte[] alert(Step step, String alertId, long revision) {
            return AlertCodec.write(
                    Samples.hit(
                            alertId,
                            revision,
                            device(step),
                            plate(step.kind.isHidden(), step.first),
                            "INTEREST",
                            step.number,
                            // Limited to some is as good as covert.
                            step.kind.isHidden() && step.number % 2 == 0,
                            notified(step)));
        }

        private static byte[] fault(Step step, String alertId, long revision) throws Exception {
            Alert fault =
                    Samples.camera(
                            alertId,
                            AlertType.CAMERA_SILENT,
                            revision,
                            device(step),
                            30,
                            Alert.Action.REVIEW);
            ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Samples.json(fault));
            if (step.kind.isHidden()) {
                json.put("covert", true);
                notified(step).forEach(json.putArray("notify")::add);
            }
            return Json.text(json).getBytes(UTF_8);
        }

        /** Linked to an open one and to a hidden one, in both worlds. */
        private static byte[] incident(Step step, long revision, Incident.Status status)
                throws Exception {
            String alertId = (step.kind.isHidden() ? "SECRET" : "open") + step.first;
            Incident incident =
                    Samples.incident(
                            "INC" + alertId,
                            revision,
                            Incident.Kind.VEHICLE,
                            "interest",
                            status,
                            step.number,
                            step.number % 3 == 0 ? "TOLUCA" : "ECATEPEC",
                            plate(step.kind.isHidden(), step.first),
                            step.kind == Kind.HIDDEN_INCIDENT_OF_OPEN
                                    ? List.of(alertId, "open" + step.first)
                                    : List.of(alertId),
                            List.of("INCopen" + step.second, "INCSECRET" + step.second),
                            step.kind.isHidden() && step.number % 2 == 0,
                            notified(step));
            ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Incident.CODEC.write(incident));
            if (step.second % 2 == 0) {
                ((ArrayNode) json.path("links"))
                        .addObject()
                        .put("relation", "PARENT")
                        .put("incidentId", "INCdigest" + step.second % 3);
                json.remove("assignment");
            }
            return Json.text(json).getBytes(UTF_8);
        }

        private static byte[] digest(Step step, long revision) throws Exception {
            Incident incident =
                    Samples.incident(
                            "INCdigest" + step.first % 3,
                            revision,
                            Incident.Kind.DIGEST,
                            "interest",
                            Incident.Status.OPEN,
                            step.number,
                            "TOLUCA",
                            null,
                            List.of(),
                            List.of("INCopen" + step.second, "INCSECRET" + step.second),
                            false,
                            List.of());
            ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Incident.CODEC.write(incident));
            json.remove("assignment");
            json.remove("candidates");
            return Json.text(json).replace("RELATED", "CHILD").getBytes(UTF_8);
        }

        private static byte[] wall(Step step, long revision, int hidden) {
            return Wall.CODEC.write(
                    new Wall(
                            "TOLUCA",
                            revision,
                            4,
                            List.of(
                                    panel(1, step, "INCopen" + step.first),
                                    panel(2, step, "INCSECRET" + hidden))));
        }

        private static Wall.Panel panel(int number, Step step, String incidentId) {
            return new Wall.Panel(number, device(step), incidentId, 10.0, false);
        }

        private static byte[] task(Step step, String alertId, long revision) {
            return DroneTask.CODEC.write(
                    new DroneTask(
                            "task-" + alertId,
                            "INC" + alertId,
                            revision,
                            "drone-1",
                            DroneTask.Status.PROPOSED,
                            "interest",
                            step.number,
                            "TOLUCA",
                            new Place(19.3, -99.6, 20),
                            100.0,
                            60,
                            80,
                            revision + 60_000,
                            null,
                            null));
        }

        private static Mutes.Shown mute(Step step, String plate) {
            return new Mutes.Shown(
                    "mute-" + step.second,
                    step.number % 2 == 0 ? Mutes.Effect.MUTE : Mutes.Effect.SUBSCRIBE,
                    step.number % 3 == 0 ? Mutes.Scope.ME : Mutes.Scope.ALL,
                    step.number % 3 == 0 ? "boss" : null,
                    new Mutes.Matcher(
                            step.number % 5 == 0 ? Incident.Kind.VEHICLE : null,
                            null,
                            null,
                            step.number % 5 == 1 ? device(step) : null,
                            step.number % 5 > 1 ? plate : null,
                            null,
                            null,
                            null,
                            null,
                            null),
                    "ana",
                    "why",
                    "case",
                    NOW - 1,
                    NOW + 3_600_000,
                    null);
        }

        /** What a browser receives now. */
        String stream(Viewer viewer, long now) {
            Subscription.Batch batch = watching.get(viewer).subscription.due(now);
            if (batch == null) {
                return "";
            }
            last.put(viewer, cursors.of(viewer, batch.seq()));
            return batch.resync()
                    + batches.text(viewer, batch, last.get(viewer), now, false, this::sent);
        }

        /** What is open reaches those who may know of all at other moments, by milliseconds. */
        private void sent(Item item) {
            health.sent(item.isRestricted() ? 2 : 1);
        }

        /** As they are served; for how long the broker is silent is not of the world. */
        String metrics() {
            return withoutBrokersAge(Metrics.text(health.now(Viewer.EVERYBODY)));
        }

        private static String withoutBrokersAge(String metrics) {
            return metrics.lines()
                    .filter(line -> !line.contains("broker_age"))
                    .collect(Collectors.joining("\n"));
        }

        /** What anyone gets who asks their port, without the length, which has the broker's age. */
        String scrape() throws Exception {
            try (Metrics metrics = new Metrics(InetAddress.getLoopbackAddress(), 0, health)) {
                HttpResponse<String> answer =
                        HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                "http://localhost:"
                                                                        + metrics.port()
                                                                        + "/metrics"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString());
                Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
                assertThat(headers.keySet())
                        .containsExactly("content-length", "content-type", "date");
                return answer.statusCode()
                        + " "
                        + headers.get("content-type")
                        + "\n"
                        + withoutBrokersAge(answer.body());
            }
        }

        /** All that can be asked for, whatever the role may call. */
        String answers(Viewer viewer) {
            StringBuilder all = new StringBuilder();
            for (String query : List.of("", "list=DONE", "plate=*", "plate=ZZ*", "muted=only")) {
                LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
                if (!query.isEmpty()) {
                    parameters.add(query.split("=")[0], query.split("=")[1]);
                }
                Views.Filter filter = Views.Filter.of(parameters);
                String after = null;
                do {
                    Views.Page page = views.page(viewer, filter, after, 7);
                    page.items().forEach(item -> all.append(detail(item, viewer)));
                    after = page.next();
                    all.append(after).append('\n');
                } while (after != null);
                all.append(
                        ExportApi.csv(views.page(viewer, filter, null, 100).items(), "watermark"));
            }
            for (int i = 0; i < IDS; i++) {
                all.append(items.get("incident:INCSECRET" + i, viewer))
                        .append(items.get("alert:SECRET" + i, viewer))
                        .append(items.images("SECRET" + i, viewer))
                        .append(devices.task("INCSECRET" + i, viewer));
            }
            // Not of the cache, which a second decides about.
            all.append(Json.text(new Views(items, mutes).counts(viewer)))
                    .append(Json.text(mutes.visible(viewer)))
                    .append(Json.text(devices.all(viewer)))
                    .append(devices.walls(viewer))
                    .append(devices.tasks(viewer))
                    .append(new TreeMap<>(items.trusts()))
                    .append(items.isWithDispatch())
                    .append(cursors.of(viewer, items.position()));
            for (int i = 0; i < 5; i++) {
                all.append(items.latestAlert("ARCH-" + i, viewer))
                        .append(new TreeMap<>(items.outcomes("ARCH-" + i)));
            }
            return all.toString();
        }

        private String detail(Item item, Viewer viewer) {
            return views.json(item, viewer)
                    + items.incident(item, viewer)
                    + items.alerts(item)
                    + items.deliveries(item)
                    + items.linkedOver(item, viewer).stream()
                            .map(each -> views.json(each, viewer))
                            .toList()
                    + mutes.of(item, viewer)
                    + devices.next(item)
                    + items.trust(item, Outcome.WRONG_PLATE)
                    + "\n";
        }

        /** Without the times at which it was asked for, and how long each record took. */
        String health() {
            health.step();
            Health.Now now = health.now(Viewer.EVERYBODY);
            return Json.text(now.deadLetters())
                    + Json.text(now.devices())
                    + Json.text(now.availability())
                    + Json.text(now.alerts())
                    + Json.text(now.budgets())
                    + now.topics().stream()
                            .map(
                                    each ->
                                            each.topic()
                                                    + each.lagRecords()
                                                    + each.lastRecordAt()
                                                    + each.unreadable())
                            .sorted()
                            .toList()
                    + health.series(0, Long.MAX_VALUE).series();
        }
    }
}
