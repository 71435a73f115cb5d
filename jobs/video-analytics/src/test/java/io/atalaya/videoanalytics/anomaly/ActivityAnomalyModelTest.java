package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ActivityAnomalyModelTest {
    private static final int SPANS_A_DAY = 288;

    private final ActivityAnomalyModel model = ActivityAnomalyModel.fresh(1);
    private final Random random = new Random(5);

    private static ActivitySample activity(int span, ObjectClass objectClass, double inView) {
        return new ActivitySample(
                new Observation.CameraLocation("CAM-1", null, null, null),
                AnomalySamples.NOON,
                false,
                AnomalySamples.NOON + span * ActivitySample.LENGTH,
                objectClass,
                (float) inView,
                RecordPosition.UNKNOWN);
    }

    private AnomalyScore evaluate(int span, ObjectClass objectClass, double inView) {
        ActivitySample activity = activity(span, objectClass, inView);
        model.features(activity);
        return model.evaluate(activity, new float[] {-5}, true, 1);
    }

    @Test
    void vehiclesAndPeopleHaveSeparateBaselines() {
        AnomalyScore vehicles = null;
        AnomalyScore people = null;
        for (int span = 0; span < 400; span++) {
            vehicles = evaluate(span, ObjectClass.VEHICLE, 4 + 0.2 * random.nextGaussian());
            people = evaluate(span, ObjectClass.PERSON, 1 + 0.1 * random.nextGaussian());
        }

        assertThat(vehicles.typical().orElseThrow())
                .as("a count, and not its root")
                .isCloseTo(4, within(0.3));
        assertThat(people.typical().orElseThrow()).isCloseTo(1, within(0.2));
    }

    @Test
    void noObjectsAreNotUnusualWhereFewAreTypical() {
        for (int span = 0; span < 400; span++) {
            assertThat(evaluate(span, ObjectClass.VEHICLE, 0).verdict()).isNull();
        }
        assertThat(evaluate(400, ObjectClass.VEHICLE, 0.04).verdict())
                .as("one that passes")
                .isNull();
        assertThat(evaluate(401, ObjectClass.VEHICLE, 0.06).verdict())
                .as("one that stays")
                .isNotNull();
        assertThat(evaluate(402, ObjectClass.VEHICLE, 0).verdict()).as("and is gone").isNull();
        for (int span = 0; span < 400; span++) {
            evaluate(span, ObjectClass.PERSON, 2);
        }
        assertThat(evaluate(400, ObjectClass.PERSON, 0).verdict())
                .as("no person is left")
                .isNotNull();
    }

    /** Every third day after three weeks; both series share one budget. */
    @Test
    void passersByDoNotHideAStreetThatEmpties() {
        Set<Integer> emptied = new TreeSet<>();
        int passersBy = 0;
        try (ServedModels served =
                VideoAnalyticsSettings.from(new Configuration())
                        .anomalies()
                        .servedModels()
                        .open()) {
            ServedModels.Model network = served.active(ModelKind.SCENE_ACTIVITY);
            for (int span = 0; span < 36 * SPANS_A_DAY; span++) {
                int day = span / SPANS_A_DAY;
                int ofDay = span % SPANS_A_DAY;
                boolean isEmpty = day >= 21 && day % 3 == 0 && ofDay >= 100 && ofDay < 106;
                double busy = 6 - 5 * Math.cos(2 * Math.PI * (ofDay - 48) / SPANS_A_DAY);
                double vehicles = busy + 0.35 * Math.sqrt(busy) * random.nextGaussian();
                boolean isPassed = random.nextInt(100) == 0;
                // 5 to 13 s of the interval.
                double people = isPassed ? 0.017 + 0.027 * random.nextDouble() : 0;
                if (isAlert(
                        network,
                        activity(span, ObjectClass.VEHICLE, isEmpty ? 0 : Math.max(0, vehicles)))) {
                    emptied.add(isEmpty ? day : -1);
                }
                if (isAlert(network, activity(span, ObjectClass.PERSON, people))) {
                    passersBy++;
                }
            }
        }
        assertThat(emptied).contains(21, 24, 27, 30, 33);
        assertThat(passersBy).isZero();
    }

    private boolean isAlert(ServedModels.Model network, ActivitySample activity) {
        float[] output = network.run(List.of(model.features(activity))).get(0);
        return model.evaluate(activity, output, true, 1).isAlert();
    }

    @Test
    void goesOnFromItsBytesAndRejectsOthers() {
        for (int span = 0; span < 400; span++) {
            evaluate(span, ObjectClass.VEHICLE, 4);
        }
        assertThat(ActivityAnomalyModel.read(model.toBytes(), 1).toBytes())
                .isEqualTo(model.toBytes());

        assertThatThrownBy(() -> ActivityAnomalyModel.read(new byte[7], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 7 bytes, expected ");
    }
}
