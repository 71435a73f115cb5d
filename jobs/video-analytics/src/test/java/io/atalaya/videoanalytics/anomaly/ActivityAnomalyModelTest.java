package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ActivityAnomalyModelTest {
    private final ActivityAnomalyModel judge = ActivityAnomalyModel.fresh(1);
    private final Random random = new Random(5);

    private AnomalyScore judge(int span, ObjectClass thing, double inView) {
        ActivitySample activity =
                new ActivitySample(
                        new Observation.CameraLocation("CAM-1", null, null, null),
                        AnomalySamples.NOON,
                        false,
                        AnomalySamples.NOON + span * ActivitySample.LENGTH,
                        thing,
                        (float) inView,
                        RecordPosition.UNKNOWN);
        judge.features(activity);
        return judge.judge(activity, new float[] {-5}, true, 1);
    }

    @Test
    void vehiclesAndPeopleHaveEachTheirOwnUsual() {
        AnomalyScore vehicles = null;
        AnomalyScore people = null;
        for (int span = 0; span < 400; span++) {
            vehicles = judge(span, ObjectClass.VEHICLE, 4 + 0.2 * random.nextGaussian());
            people = judge(span, ObjectClass.PERSON, 1 + 0.1 * random.nextGaussian());
        }

        assertThat(vehicles.usual().orElseThrow())
                .as("a count, and not its root")
                .isCloseTo(4, within(0.3));
        assertThat(people.usual().orElseThrow()).isCloseTo(1, within(0.2));
    }

    @Test
    void noneWhereHardlyAnyAreUsualIsNothingUnusual() {
        for (int span = 0; span < 400; span++) {
            assertThat(judge(span, ObjectClass.VEHICLE, 0).verdict()).isNull();
        }
        assertThat(judge(400, ObjectClass.VEHICLE, 0.03).verdict())
                .as("one that comes")
                .isNotNull();
        assertThat(judge(401, ObjectClass.VEHICLE, 0).verdict()).as("and is gone").isNull();
        for (int span = 0; span < 400; span++) {
            judge(span, ObjectClass.PERSON, 2);
        }
        assertThat(judge(400, ObjectClass.PERSON, 0).verdict()).as("nobody any more").isNotNull();
    }

    @Test
    void goesOnFromItsBytesAndRefusesOthers() {
        for (int span = 0; span < 400; span++) {
            judge(span, ObjectClass.VEHICLE, 4);
        }
        assertThat(ActivityAnomalyModel.read(judge.toBytes(), 1).toBytes())
                .isEqualTo(judge.toBytes());

        assertThatThrownBy(() -> ActivityAnomalyModel.read(new byte[7], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 7 bytes, expected ");
    }
}
