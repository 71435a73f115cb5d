package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.testutils.SerializerSample;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.util.List;

/** Samples of observations, and of learned states. */
public final class AnomalySamples {
    static final long NOON = 1_772_539_200_000L;
    private static final Observation.CameraLocation UNREGISTERED =
            new Observation.CameraLocation("CAM-2", null, null, null);

    private AnomalySamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(Observation.class, passage(), activity()),
                SerializerSample.of(
                        LearnedStates.class,
                        new LearnedStates(List.of()),
                        new LearnedStates(
                                List.of(
                                        new LearnedStates.LearnedState("2", new byte[] {1, -1, 0}),
                                        new LearnedStates.LearnedState("1", new byte[0])))),
                SerializerSample.of(ActivityEpisode.class, episode()));
    }

    private static Observation passage() {
        return new CompletedTrack(
                UNREGISTERED,
                NOON + 6_000,
                true,
                "7@" + NOON,
                NOON,
                List.of("7", "9"),
                ObjectClass.VEHICLE,
                new Trajectory(
                        new double[] {0, 0.5, 1.25},
                        new double[] {0.25, 0.5, 0.75},
                        new double[] {0.5, 0.5, 1.0625}),
                new CameraEvidence.ObjectBox(
                        "9",
                        CameraEvidence.ObjectClass.VEHICLE,
                        new CameraEvidence.Region(0.625, 0.875, 0.25, 0.125),
                        NOON + 1_250),
                new RecordPosition(3, 81_235));
    }

    private static Observation activity() {
        return new ActivitySample(
                new Observation.CameraLocation("CAM-1", "TOLUCA", 19.25, -99.5),
                NOON + 60_100,
                false,
                NOON,
                ObjectClass.PERSON,
                2.5f,
                new RecordPosition(3, 81_234));
    }

    private static ActivityEpisode episode() {
        return new ActivityEpisode(
                UNREGISTERED,
                ObjectClass.PERSON,
                2,
                NOON,
                NOON + 180_000,
                NOON + 60_000,
                0.25,
                6.5,
                new AnomalyEvidence("1", 3.5, 0.125, 0.5, 1e-4, 0.75, 12.5),
                NOON + 180_100);
    }
}
