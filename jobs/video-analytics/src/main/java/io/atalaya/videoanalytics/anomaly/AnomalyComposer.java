package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.CameraEvidence.Measure;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns what is unusual into the alert that leaves the job. */
final class AnomalyComposer {
    private static final String PER_DAY = "1/d";

    private final AnomalySettings rules;

    AnomalyComposer(AnomalySettings rules) {
        this.rules = rules;
    }

    /**
     * One revision of an alert about a thing that went through the picture.
     *
     * @param detectedAt wall clock, epoch ms
     */
    Alert trajectory(
            CompletedTrack passage,
            AnomalyEvidence grounds,
            Alert.Status status,
            long revision,
            long detectedAt) {
        return alert(
                ModelKind.TRAJECTORY,
                passage.location(),
                passage.anchor(),
                revision,
                status,
                passage.since(),
                passage.until(),
                passage.trackIds(),
                AnomalyHeadlines.trajectory(passage.thing(), grounds.perDay()),
                region(passage.way()),
                1,
                List.of(
                        new Measure("timesADay", grounds.perDay(), grounds.allowance(), PER_DAY),
                        new Measure("pValue", grounds.pValue(), null, null),
                        new Measure("deviation", grounds.score(), null, null)),
                grounds,
                passage.at(),
                detectedAt);
    }

    /**
     * One revision of an alert about unusual activity, the revision that was told last.
     *
     * @param detectedAt wall clock, epoch ms
     */
    Alert activity(ActivityEpisode incident, Alert.Status status, long detectedAt) {
        AnomalyEvidence grounds = incident.grounds();
        return alert(
                ModelKind.SCENE_ACTIVITY,
                incident.location(),
                incident.anchor(),
                incident.revision(),
                status,
                incident.since(),
                incident.until(),
                List.of(),
                AnomalyHeadlines.activity(
                        incident.thing(),
                        incident.inView(),
                        incident.usual(),
                        status == Alert.Status.ENDED),
                null,
                (int) Math.round(incident.inView()),
                List.of(
                        new Measure("inView", incident.inView(), incident.usual(), null),
                        new Measure("timesADay", grounds.perDay(), grounds.allowance(), PER_DAY),
                        new Measure("pValue", grounds.pValue(), null, null)),
                grounds,
                incident.at(),
                detectedAt);
    }

    private Alert alert(
            ModelKind kind,
            CameraLocation location,
            String anchor,
            long revision,
            Alert.Status status,
            long since,
            long until,
            List<String> trackIds,
            Alert.Headline headline,
            CameraEvidence.Region region,
            int objects,
            List<Measure> measures,
            AnomalyEvidence grounds,
            long at,
            long detectedAt) {
        AlertPolicy.Urgency urgency = rules.policy().of(kind.alert());
        return new Alert(
                AlertId.of(kind.alert(), location.deviceId(), anchor),
                revision,
                status,
                kind.alert(),
                since,
                detectedAt,
                urgency.action(),
                since,
                status == Alert.Status.ENDED ? until : null,
                location.site(),
                new Alert.Place(location.deviceId(), location.latitude(), location.longitude()),
                new Alert.Subject(null, null, trackIds),
                score(grounds),
                urgency.priority(),
                headline,
                new CameraEvidence(
                        null,
                        region,
                        objects,
                        withBudget(measures, rules.budgets().get(kind), grounds),
                        new CameraEvidence.Model(kind.model(), grounds.modelVersion())),
                null,
                false,
                List.of(),
                at);
    }

    private static List<Measure> withBudget(
            List<Measure> measures, double budget, AnomalyEvidence grounds) {
        List<Measure> all = new ArrayList<>(measures);
        all.add(new Measure("alertsADaySoFar", grounds.realisedPerDay(), budget, PER_DAY));
        all.add(new Measure("daysSoFar", grounds.days(), null, "d"));
        return List.copyOf(all);
    }

    /** Half at the bar, and the more the rarer than that. */
    private static double score(AnomalyEvidence grounds) {
        return grounds.allowance() / (grounds.allowance() + grounds.perDay());
    }

    /** The part of the picture through which the way leads. */
    private static CameraEvidence.Region region(Trajectory way) {
        double left = clip(Arrays.stream(way.x()).min().orElseThrow());
        double top = clip(Arrays.stream(way.y()).min().orElseThrow());
        return new CameraEvidence.Region(
                left,
                top,
                clip(Arrays.stream(way.x()).max().orElseThrow()) - left,
                clip(Arrays.stream(way.y()).max().orElseThrow()) - top);
    }

    private static double clip(double place) {
        return Math.max(0, Math.min(1, place));
    }
}
