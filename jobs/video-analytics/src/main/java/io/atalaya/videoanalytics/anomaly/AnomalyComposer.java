package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.CameraEvidence.Measure;
import io.atalaya.contracts.alert.MeasureKind;
import io.atalaya.contracts.text.Text;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Composes the alert that the job emits from an anomaly. */
final class AnomalyComposer {
    private final AnomalySettings settings;

    AnomalyComposer(AnomalySettings settings) {
        this.settings = settings;
    }

    /**
     * Composes one revision of an alert about an unusual trajectory.
     *
     * @param detectedAt wall clock, epoch ms
     */
    Alert trajectory(
            CompletedTrack passage,
            AnomalyEvidence evidence,
            Alert.Status status,
            long revision,
            long detectedAt) {
        return alert(
                ModelKind.TRAJECTORY,
                passage.location(),
                passage.identityKey(),
                revision,
                status,
                passage.startedAt(),
                passage.endsAt(),
                passage.trackIds(),
                AnomalyHeadlines.trajectory(passage.objectClass(), evidence.perDay()),
                region(passage.trajectory()),
                1,
                List.of(passage.lastBox()),
                List.of(
                        MeasureKind.TIMES_A_DAY.of(evidence.perDay(), evidence.allowance()),
                        MeasureKind.P_VALUE.of(evidence.pValue()),
                        MeasureKind.DEVIATION.of(evidence.score())),
                evidence,
                passage.arrivalTime(),
                detectedAt);
    }

    /**
     * Composes the latest revision of an alert about unusual activity.
     *
     * @param detectedAt wall clock, epoch ms
     */
    Alert activity(ActivityEpisode episode, Alert.Status status, long detectedAt) {
        AnomalyEvidence evidence = episode.evidence();
        return alert(
                ModelKind.SCENE_ACTIVITY,
                episode.location(),
                episode.identityKey(),
                episode.revision(),
                status,
                episode.startedAt(),
                episode.endsAt(),
                List.of(),
                AnomalyHeadlines.activity(
                        episode.objectClass(),
                        episode.inView(),
                        episode.typical(),
                        status == Alert.Status.ENDED),
                null,
                (int) Math.round(episode.inView()),
                List.of(),
                List.of(
                        MeasureKind.IN_VIEW.of(episode.inView(), episode.typical()),
                        MeasureKind.TIMES_A_DAY.of(evidence.perDay(), evidence.allowance()),
                        MeasureKind.P_VALUE.of(evidence.pValue())),
                evidence,
                episode.arrivalTime(),
                detectedAt);
    }

    private Alert alert(
            ModelKind kind,
            Observation.CameraLocation location,
            String anchor,
            long revision,
            Alert.Status status,
            long since,
            long until,
            List<String> trackIds,
            Text headline,
            CameraEvidence.Region region,
            int objects,
            List<CameraEvidence.ObjectBox> boxes,
            List<Measure> measures,
            AnomalyEvidence evidence,
            long at,
            long detectedAt) {
        AlertPolicy.Triage urgency = settings.policy().of(kind.alert());
        return new Alert(
                new Alert.Identity(
                        AlertId.of(kind.alert(), location.deviceId(), anchor), kind.alert()),
                new Alert.Emission(revision, at, detectedAt),
                new Alert.Lifecycle(
                        status, since, since, status == Alert.Status.ENDED ? until : null),
                new Alert.Place(
                        location.site(),
                        new Alert.Device(
                                location.deviceId(), location.latitude(), location.longitude())),
                Alert.Subject.ofTracks(trackIds),
                new Alert.Assessment(
                        urgency.action(), score(evidence), urgency.priority(), headline),
                new CameraEvidence(
                        null,
                        region,
                        objects,
                        boxes,
                        // A model that is off has none, but its open alert must still end.
                        withBudget(measures, settings.budgets().getOrDefault(kind, 0.0), evidence),
                        new CameraEvidence.Model(kind.model(), evidence.modelVersion())),
                null,
                Alert.Disclosure.EVERYONE);
    }

    private static List<Measure> withBudget(
            List<Measure> measures, double budget, AnomalyEvidence evidence) {
        List<Measure> all = new ArrayList<>(measures);
        all.add(MeasureKind.ALERTS_A_DAY_SO_FAR.of(evidence.realisedPerDay(), budget));
        all.add(MeasureKind.DAYS_SO_FAR.of(evidence.days()));
        return List.copyOf(all);
    }

    /** Score of 0 to 1: 0.5 at the allowed rate, and higher the rarer the anomaly. */
    private static double score(AnomalyEvidence evidence) {
        return evidence.allowance() / (evidence.allowance() + evidence.perDay());
    }

    /** Bounding box of the trajectory, clipped to the image. */
    private static CameraEvidence.Region region(Trajectory trajectory) {
        return CameraEvidence.Region.clipped(
                Arrays.stream(trajectory.x()).min().orElseThrow(),
                Arrays.stream(trajectory.y()).min().orElseThrow(),
                Arrays.stream(trajectory.x()).max().orElseThrow(),
                Arrays.stream(trajectory.y()).max().orElseThrow());
    }
}
