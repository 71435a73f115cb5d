package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;
import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;

import static io.atalaya.videoanalytics.anomaly.ObservedStreets.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Scores cameras in batches, with state and across restarts. */
class AnomalyOperatorTest {
    private static final int CAMERAS = 3;
    private static final int SPANS = 1_400;
    private static final double BUDGET = 5;

    /** Number in view that is typical when the streets become empty. */
    private static final float TYPICAL_VEHICLES = 3;

    private static List<Observation> streets;

    private FakeModels servedModels = new FakeModels("1");
    private AnomalySettings rules = rules(Map.of()).with(servedModels);
    private final List<Subtask<Observation, ModelRequestResult, Alert>> subtasks =
            new ArrayList<>();
    private final List<Alert> emitted = new ArrayList<>();

    @BeforeAll
    static void observe() {
        streets = ObservedStreets.of(CAMERAS, SPANS);
    }

    @AfterEach
    void stop() {
        subtasks.forEach(Subtask::close);
        assertThat(servedModels.open).as("networks left open").isZero();
    }

    private static AnomalySettings rules(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent("models.budget", String.valueOf(2 * BUDGET));
        return VideoAnalyticsSettings.from(Configuration.fromMap(all)).anomalies();
    }

    /**
     * @param rules read when a subtask starts, because a test may continue with other settings
     */
    static Subtask.Blueprint<Alert> blueprint(
            Supplier<AnomalySettings> rules, BulkheadSettings bulkhead) {
        return new Subtask.Blueprint<>(
                Alert.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                String, Observation, ModelRequestResult, Alert>(
                                new AnomalyOperator(rules.get(), bulkhead),
                                Observation::deviceId,
                                null,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    private void start(Backend backend) throws Exception {
        subtasks.add(
                Subtask.start(blueprint(() -> rules, BulkheadSettings.DEFAULT), backend, START));
    }

    private void rescale(int parallelism) throws Exception {
        List<Subtask<Observation, ModelRequestResult, Alert>> next =
                Subtask.rescale(subtasks, parallelism);
        subtasks.clear();
        subtasks.addAll(next);
    }

    private void feed(List<Observation> observations) throws Exception {
        for (Observation each : observations) {
            subtasks.get(Subtask.of(each.deviceId(), subtasks.size()))
                    .first(each, each.arrivalTime());
        }
    }

    private void time(long arrival) throws Exception {
        for (Subtask<Observation, ModelRequestResult, Alert> each : subtasks) {
            each.watermark(arrival);
        }
        take();
    }

    private void take() {
        subtasks.forEach(each -> emitted.addAll(each.drain()));
    }

    /** The alerts of each camera, in order. */
    static Map<String, List<String>> byCamera(List<Alert> alerts) {
        Map<String, List<String>> texts = new TreeMap<>();
        for (Alert alert : alerts) {
            texts.computeIfAbsent(alert.deviceId(), id -> new ArrayList<>())
                    .add(
                            alert.causedAt()
                                    + new String(
                                            AlertCodec.write(alert.withDetectedAt(0)),
                                            StandardCharsets.UTF_8));
        }
        return texts;
    }

    private Map<String, List<String>> run(List<Observation> observations, int between)
            throws Exception {
        emitted.clear();
        start(Backend.HEAP);
        for (int from = 0; from < observations.size(); from += between) {
            List<Observation> some =
                    observations.subList(from, Math.min(observations.size(), from + between));
            feed(some);
            time(some.get(some.size() - 1).arrivalTime() - 1);
        }
        subtasks.remove(0).close();
        return byCamera(emitted);
    }

    private ModelSwitcher.Factory withTheRealNetworks() {
        ModelSwitcher.Factory real = (ModelSwitcher.Factory) rules(Map.of()).servedModels();
        rules = rules.with(real);
        return real;
    }

    /** Reference implementation: each camera and each observation on its own. */
    private static Map<String, Double> expected(String deviceId, ServedModels asked) {
        TrajectoryModel scene = new TrajectoryModel(asked.active(ModelKind.TRAJECTORY).outputs());
        Map<ObjectClass, SeriesModel> series =
                Map.of(
                        ObjectClass.VEHICLE, SeriesModel.fresh(),
                        ObjectClass.PERSON, SeriesModel.fresh());
        AlertBudget passages = AlertBudget.fresh(BUDGET);
        AlertBudget activities = AlertBudget.fresh(BUDGET);
        Map<String, Double> timesADay = new TreeMap<>();
        long quietFrom = Long.MIN_VALUE;
        ObjectClass open = null;
        for (Observation each : streets) {
            if (!each.deviceId().equals(deviceId)) {
                continue;
            }
            if (each instanceof CompletedTrack passage) {
                float[] features = TrackFeatures.of(passage.trajectory(), SceneFrame.WHOLE_FRAME);
                OptionalDouble score =
                        scene.observe(
                                features,
                                asked.active(ModelKind.TRAJECTORY).run(List.of(features)).get(0));
                if (score.isPresent()) {
                    AlertBudget.Verdict verdict =
                            passages.offer(
                                    passage.endsAt(), score.getAsDouble(), share(activities));
                    if (verdict.isAlert()) {
                        timesADay.put(passage.identityKey(), verdict.perDay().orElseThrow());
                    }
                }
            } else if (each instanceof ActivitySample activity) {
                SeriesModel counts = series.get(activity.objectClass());
                SeriesScore evidence =
                        counts.update(activity.startedAt(), Math.sqrt(activity.inView()));
                OptionalDouble known =
                        evidence.score(
                                asked.active(ModelKind.SCENE_ACTIVITY)
                                        .run(List.of(evidence.features()))
                                        .get(0)[0]);
                if (known.isPresent()) {
                    double score = known.getAsDouble();
                    AlertBudget.Verdict verdict =
                            open != null
                                    ? activities.learn(activity.startedAt(), score, share(passages))
                                    : activities.offer(
                                            activity.startedAt(), score, share(passages));
                    if (verdict.isAlert()) {
                        timesADay.put("@" + activity.startedAt(), verdict.perDay().orElseThrow());
                    }
                    open = verdict.isAlert() ? activity.objectClass() : open;
                    boolean goesOn =
                            activity.objectClass() == open && verdict.perDay().orElse(12) < 12;
                    if (verdict.isAlert() || goesOn) {
                        quietFrom = activity.startedAt() + 2 * ActivitySample.LENGTH;
                    } else if (activity.objectClass() == open
                            && activity.startedAt() >= quietFrom) {
                        open = null;
                    }
                }
            }
        }
        return timesADay;
    }

    /** Share of one model in a budget for two. */
    private static double share(AlertBudget other) {
        return other.isKnown() ? 1 : 2;
    }

    private static double timesADay(Alert alert) {
        return ((CameraEvidence) alert.evidence())
                .measures().stream()
                        .filter(measure -> measure.name().equals("timesADay"))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }

    @Test
    void scoresAsTheModelsDoCameraByCamera() throws Exception {
        ModelSwitcher.Factory real = withTheRealNetworks();
        run(streets, 40);
        List<Alert> begun =
                emitted.stream().filter(alert -> alert.status() == Alert.Status.NEW).toList();
        try (ServedModels asked = real.open()) {
            for (int i = 0; i < CAMERAS; i++) {
                String camera = "CAM-" + i;
                Map<String, Double> expected = expected(camera, asked);
                List<Alert> ofCamera =
                        begun.stream().filter(alert -> alert.deviceId().equals(camera)).toList();
                assertThat(ofCamera).hasSize(expected.size()).hasSizeGreaterThan(3);
                for (Alert alert : ofCamera) {
                    boolean activity = alert.type() == AlertType.UNUSUAL_ACTIVITY;
                    String anchor =
                            activity
                                    ? "@" + alert.lifecycle().deviceTime()
                                    : alert.subject().trackIds().get(0)
                                            + "@"
                                            + alert.lifecycle().deviceTime();
                    assertThat(expected).containsKey(anchor);
                    // A larger batch may round differently.
                    assertThat(timesADay(alert))
                            .as(anchor)
                            .isCloseTo(expected.get(anchor), within(1e-3));
                }
            }
        }
        assertThat(begun)
                .extracting(Alert::type)
                .contains(AlertType.UNUSUAL_ACTIVITY, AlertType.UNUSUAL_TRAJECTORY);
    }

    @Test
    void batchesMakeNoDifference() throws Exception {
        Map<String, List<String>> alone = run(streets, 1);

        assertThat(alone).hasSize(CAMERAS);
        assertThat(run(streets, 7)).isEqualTo(alone);
        assertThat(run(streets, 500)).isEqualTo(alone);
    }

    @ParameterizedTest
    @EnumSource
    void stateGoesOnWhateverIsRestartedRescaledOrNotAtHand(Backend backend) throws Exception {
        List<Observation> some = streets.subList(0, 9_000);
        Map<String, List<String>> undisturbed = run(some, 20);
        emitted.clear();
        rules = rules(Map.of("models.cached", "1")).with(servedModels);

        start(backend);
        int[] parallelism = {1, 3, 2};
        for (int third = 0; third < 3; third++) {
            rescale(parallelism[third]);
            for (int from = third * 3_000; from < (third + 1) * 3_000; from += 20) {
                List<Observation> next = some.subList(from, from + 20);
                feed(next);
                time(next.get(19).arrivalTime() - 1);
                if (from % 1_500 == 0) {
                    for (Subtask<Observation, ModelRequestResult, Alert> each : subtasks) {
                        each.restart();
                    }
                }
            }
        }

        assertThat(byCamera(emitted)).isEqualTo(undisturbed);
    }

    @Test
    void aFullBatchIsRunAtOnce() throws Exception {
        rules = rules(Map.of("models.batch", "4")).with(servedModels);
        start(Backend.HEAP);

        feed(activities(5));

        assertThat(servedModels.runs).containsExactly(4);
    }

    @Test
    void nothingWaitsLongForOthers() throws Exception {
        start(Backend.HEAP);
        feed(activities(3));
        assertThat(servedModels.runs).isEmpty();

        subtasks.get(0).now(START + 4);
        assertThat(servedModels.runs).isEmpty();
        subtasks.get(0).now(START + 5);
        assertThat(servedModels.runs).containsExactly(3);
        feed(activities(2));
        subtasks.get(0).now(START + 10);
        assertThat(servedModels.runs).containsExactly(3, 2);
    }

    @Test
    void nothingWaitsWhenAWatermarkABarrierOrTheEndComes() throws Exception {
        start(Backend.HEAP);
        feed(activities(3));
        time(START);
        assertThat(servedModels.runs).containsExactly(3);

        feed(activities(2));
        subtasks.get(0).checkpoint();
        assertThat(servedModels.runs).containsExactly(3, 2);

        feed(activities(1));
        subtasks.get(0).finish();
        assertThat(servedModels.runs).containsExactly(3, 2, 1);
    }

    /** One activity sample per camera. */
    private static List<Observation> activities(int cameras) {
        List<Observation> activities = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            activities.add(activity("CAM-" + i, 0, 1, false));
        }
        return activities;
    }

    private static ActivitySample activity(
            String deviceId, int span, double inView, boolean explained) {
        long begin = START + span * ActivitySample.LENGTH;
        return new ActivitySample(
                new Observation.CameraLocation(deviceId, null, null, null),
                begin + ActivitySample.LENGTH,
                explained,
                begin,
                ObjectClass.VEHICLE,
                (float) inView,
                RecordPosition.UNKNOWN);
    }

    @Test
    void aStreetThatEmptiesIsOneAlertThatEnds() throws Exception {
        withTheRealNetworks();
        run(streets, 40);
        long from = START + ObservedStreets.EMPTY_FROM * ActivitySample.LENGTH;
        long until = START + ObservedStreets.EMPTY_UNTIL * ActivitySample.LENGTH;

        for (int i = 0; i < CAMERAS; i++) {
            String camera = "CAM-" + i;
            List<Alert> ofCamera =
                    emitted.stream()
                            .filter(alert -> alert.type() == AlertType.UNUSUAL_ACTIVITY)
                            .filter(alert -> alert.deviceId().equals(camera))
                            .filter(
                                    alert ->
                                            alert.lifecycle().deviceTime() >= from
                                                    && alert.lifecycle().deviceTime() < until)
                            .toList();
            assertThat(ofCamera)
                    .hasSizeGreaterThan(1)
                    .extracting(Alert::alertId)
                    .containsOnly(ofCamera.get(0).alertId());
            assertThat(ofCamera.get(0).status()).isEqualTo(Alert.Status.NEW);
            assertThat(ofCamera.get(0).assessment().headline().en())
                    .contains("much less traffic", "0.0 vehicles");
            Alert last = ofCamera.get(ofCamera.size() - 1);
            assertThat(last.status()).isEqualTo(Alert.Status.ENDED);
            assertThat(last.lifecycle().endedAt())
                    .isBetween(until, until + 9 * ActivitySample.LENGTH);
            assertThat(ofCamera).extracting(Alert::revision).isSorted().doesNotHaveDuplicates();
        }
    }

    /** How intervals in the middle of an unusual episode are changed. */
    enum Interruption {
        TYPICAL,
        MISSING,
        SUPPRESSED
    }

    @ParameterizedTest
    @EnumSource
    void anEpisodeOutlastsIntervalsThatDoNotShowItsEnd(Interruption interruption) throws Exception {
        withTheRealNetworks();
        int after = ObservedStreets.EMPTY_FROM + 2;
        int last = interruption == Interruption.SUPPRESSED ? after + 1 : after;
        long end = START + (ObservedStreets.EMPTY_UNTIL + 1) * ActivitySample.LENGTH;
        run(
                streets.stream()
                        .filter(each -> each.arrivalTime() < end)
                        .map(each -> isIn(each, after, last + 1) ? with(each, interruption) : each)
                        .filter(each -> each != null)
                        .toList(),
                40);

        for (int i = 0; i < CAMERAS; i++) {
            String camera = "CAM-" + i;
            List<Alert> ofCamera =
                    emitted.stream()
                            .filter(alert -> alert.type() == AlertType.UNUSUAL_ACTIVITY)
                            .filter(alert -> alert.deviceId().equals(camera))
                            .filter(
                                    alert ->
                                            alert.causedAt()
                                                    >= START
                                                            + ObservedStreets.EMPTY_FROM
                                                                    * ActivitySample.LENGTH)
                            .toList();
            assertThat(ofCamera)
                    .hasSizeGreaterThan(1)
                    .extracting(Alert::status)
                    .startsWith(Alert.Status.NEW)
                    .doesNotContain(Alert.Status.ENDED);
        }
    }

    private static boolean isIn(Observation each, int from, int until) {
        return each instanceof ActivitySample activity
                && activity.startedAt() >= START + from * ActivitySample.LENGTH
                && activity.startedAt() < START + until * ActivitySample.LENGTH;
    }

    private static Observation with(Observation each, Interruption interruption) {
        ActivitySample activity = (ActivitySample) each;
        return switch (interruption) {
            case MISSING -> null;
            case SUPPRESSED -> explained(each);
            case TYPICAL ->
                    activity.objectClass() == ObjectClass.PERSON
                            ? each
                            : new ActivitySample(
                                    activity.location(),
                                    activity.arrivalTime(),
                                    false,
                                    activity.startedAt(),
                                    ObjectClass.VEHICLE,
                                    TYPICAL_VEHICLES,
                                    RecordPosition.UNKNOWN);
        };
    }

    @Test
    void endsAnOpenEpisodeWhenTheCameraFallsSilent() throws Exception {
        withTheRealNetworks();
        long cut = START + (ObservedStreets.EMPTY_FROM + 4) * ActivitySample.LENGTH;
        run(streets.stream().filter(each -> each.arrivalTime() < cut).toList(), 40);
        assertThat(lastActivity()).extracting(Alert::status).doesNotContain(Alert.Status.ENDED);

        emitted.clear();
        start(Backend.HEAP);
        feed(streets.stream().filter(each -> each.arrivalTime() < cut).toList());
        time(cut);
        time(cut + 4 * ActivitySample.LENGTH);
        assertThat(lastActivity()).extracting(Alert::status).containsOnly(Alert.Status.ENDED);
        assertThat(subtasks.get(0).keyedTimers()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void endsAnOpenEpisodeWhenAllInputStops(Backend backend) throws Exception {
        withTheRealNetworks();
        long cut = START + (ObservedStreets.EMPTY_FROM + 4) * ActivitySample.LENGTH;
        start(backend);
        feed(streets.stream().filter(each -> each.arrivalTime() < cut).toList());
        time(cut);
        subtasks.get(0).restart();
        time(cut + 1);

        passMinutes(15);
        assertThat(lastActivity()).extracting(Alert::status).doesNotContain(Alert.Status.ENDED);
        passMinutes(3);
        assertThat(lastActivity()).extracting(Alert::status).containsOnly(Alert.Status.ENDED);

        emitted.clear();
        passMinutes(30);
        time(cut + 4 * ActivitySample.LENGTH);
        assertThat(emitted).as("ended twice").isEmpty();
        assertThat(subtasks.get(0).keyedTimers()).isZero();
    }

    private void passMinutes(int minutes) throws Exception {
        Subtask<Observation, ModelRequestResult, Alert> subtask = subtasks.get(0);
        for (int minute = 0; minute < minutes; minute++) {
            subtask.now(subtask.now() + 60_000);
        }
        take();
    }

    /** The last revision of each camera's alert about its emptied street. */
    private List<Alert> lastActivity() {
        Map<String, Alert> last = new TreeMap<>();
        emitted.stream()
                .filter(alert -> alert.type() == AlertType.UNUSUAL_ACTIVITY)
                .forEach(alert -> last.put(alert.deviceId(), alert));
        assertThat(last).hasSize(CAMERAS);
        return List.copyOf(last.values());
    }

    @Test
    void emitsNoSuppressedObservation() throws Exception {
        List<Observation> explained = streets.stream().map(AnomalyOperatorTest::explained).toList();
        assertThat(run(explained, 40)).isEmpty();
        assertThat(servedModels.runs).isNotEmpty();
    }

    private static Observation explained(Observation each) {
        return each instanceof CompletedTrack passage
                ? new CompletedTrack(
                        passage.location(),
                        passage.arrivalTime(),
                        true,
                        passage.identityKey(),
                        passage.startedAt(),
                        passage.trackIds(),
                        passage.objectClass(),
                        passage.trajectory(),
                        passage.lastBox(),
                        RecordPosition.UNKNOWN)
                : new ActivitySample(
                        each.location(),
                        each.arrivalTime(),
                        true,
                        ((ActivitySample) each).startedAt(),
                        ((ActivitySample) each).objectClass(),
                        ((ActivitySample) each).inView(),
                        RecordPosition.UNKNOWN);
    }

    @Test
    void versionsHaveSeparateLearnedStates() throws Exception {
        List<Observation> first = streets.subList(0, 9_000);
        List<Observation> then = streets.subList(9_000, streets.size());
        start(Backend.HEAP);
        feed(first);
        time(first.get(8_999).arrivalTime());
        assertThat(emitted).isNotEmpty();
        Map<String, List<String>> undisturbed = byCamera(goOn(then, "1"));

        subtasks.remove(0).close();
        start(Backend.HEAP);
        feed(first);
        time(first.get(8_999).arrivalTime());
        assertThat(goOn(then.subList(0, 200), "2")).as("of a version that is new").isEmpty();
        assertThat(byCamera(goOn(then, "1"))).as("back at the old one").isEqualTo(undisturbed);
    }

    /**
     * Restores with another version, continues, and returns the alerts about tracks only, because
     * an activity episode may be open and belongs to the camera independently of the version.
     */
    private List<Alert> goOn(List<Observation> observations, String version) throws Exception {
        emitted.clear();
        FakeModels other = new FakeModels(version);
        rules = rules.with(other);
        subtasks.get(0).restart();
        feed(observations);
        time(START);
        servedModels.open += other.open - 1;
        return emitted.stream()
                .filter(alert -> alert.type() == AlertType.UNUSUAL_TRAJECTORY)
                .toList();
    }

    @Test
    void aModelThatIsOffIsNotAskedAndLeavesItsBudget() throws Exception {
        AnomalySettings off = rules(Map.of("alerts.triage", "unusual-activity:OFF"));
        assertThat(off.budgets()).isEqualTo(Map.of(ModelKind.TRAJECTORY, 2 * BUDGET));
        assertThat(((ModelSwitcher.Factory) off.servedModels()).stored())
                .extracting(ModelLocation::kind)
                .containsExactly(ModelKind.TRAJECTORY);
        rules = off.with(servedModels);

        run(streets, 40);

        assertThat(emitted).extracting(Alert::type).containsOnly(AlertType.UNUSUAL_TRAJECTORY);
    }

    @Test
    void anEpisodeOfAModelThatIsSwitchedOffEnds() throws Exception {
        withTheRealNetworks();
        long cut = START + (ObservedStreets.EMPTY_FROM + 4) * ActivitySample.LENGTH;
        start(Backend.HEAP);
        feed(streets.stream().filter(each -> each.arrivalTime() < cut).toList());
        time(cut);
        assertThat(lastActivity()).extracting(Alert::status).doesNotContain(Alert.Status.ENDED);

        rules = rules(Map.of("alerts.triage", "unusual-activity:OFF")).with(servedModels);
        subtasks.get(0).restart();
        time(cut + 4 * ActivitySample.LENGTH);

        assertThat(lastActivity()).extracting(Alert::status).containsOnly(Alert.Status.ENDED);
        assertThat(subtasks.get(0).keyedTimers()).isZero();
    }

    @Test
    void theEvidenceSaysWhyByWhichModelAndUnderWhatBudget() throws Exception {
        run(streets, 40);
        Alert alert =
                emitted.stream()
                        .filter(each -> each.type() == AlertType.UNUSUAL_TRAJECTORY)
                        .reduce((a, b) -> b)
                        .orElseThrow();
        CameraEvidence evidence = (CameraEvidence) alert.evidence();

        assertThat(evidence.model()).isEqualTo(new CameraEvidence.Model("trajectory", "1"));
        assertThat(evidence.measures())
                .extracting(CameraEvidence.Measure::name)
                .containsExactly(
                        "timesADay", "pValue", "deviation", "alertsADaySoFar", "daysSoFar");
        CameraEvidence.Measure rarity = evidence.measures().get(0);
        assertThat(rarity.value()).isPositive().isLessThan(rarity.limit());
        assertThat(evidence.measures().get(1).value()).isPositive().isLessThan(0.1);
        assertThat(evidence.measures().get(3).limit()).isEqualTo(BUDGET);
        assertThat(evidence.region().height()).isPositive();
        assertThat(evidence.boxes())
                .as("where the vehicle left")
                .extracting(CameraEvidence.ObjectBox::trackId)
                .isEqualTo(alert.subject().trackIds());
        assertThat(alert.assessment().score()).isBetween(0.5, 1.0);
        assertThat(alert.status()).isEqualTo(Alert.Status.ENDED);
        assertThat(alert.place().site()).isEqualTo("TOLUCA");
    }
}
