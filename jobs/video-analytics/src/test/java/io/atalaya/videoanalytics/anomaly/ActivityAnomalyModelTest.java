package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ActivityAnomalyModelTest {
    private final ActivityAnomalyModel model = ActivityAnomalyModel.fresh(1);
    private final Random random = new Random(5);

    private AnomalyScore evaluate(int span, ObjectClass objectClass, double inView) {
        ActivitySample activity =
                new ActivitySample(
                        new Observation.CameraLocation("CAM-1", null, null, null),
                        AnomalySamples.NOON,
                        false,
                        AnomalySamples.NOON + span * ActivitySample.LENGTH,
                        objectClass,
                        (float) inView,
                        RecordPosition.UNKNOWN);
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
        assertThat(evaluate(400, ObjectClass.VEHICLE, 0.03).verdict())
                .as("one that comes")
                .isNotNull();
        assertThat(evaluate(401, ObjectClass.VEHICLE, 0).verdict()).as("and is gone").isNull();
        for (int span = 0; span < 400; span++) {
            evaluate(span, ObjectClass.PERSON, 2);
        }
        assertThat(evaluate(400, ObjectClass.PERSON, 0).verdict())
                .as("no person is left")
                .isNotNull();
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
