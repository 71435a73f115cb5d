package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.Field;
import io.atalaya.videoanalytics.track.ObjectClass;

/**
 * An open, emitted episode of unusual activity.
 *
 * @param objectClass class of the objects whose number is unusual
 * @param revision of the last emission
 * @param startedAt start of its first interval, device time, epoch ms
 * @param endsAt end of its last unusual interval, device time, epoch ms
 * @param emittedUntil end of the interval that was emitted last, device time, epoch ms
 * @param inView number in view in its rarest interval
 * @param typical number expected in that interval
 * @param arrivalTime arrival time of the last interval that showed whether it goes on, epoch ms
 */
record ActivityEpisode(
        Observation.CameraLocation location,
        ObjectClass objectClass,
        long revision,
        long startedAt,
        long endsAt,
        long emittedUntil,
        double inView,
        double typical,
        AnomalyEvidence evidence,
        long arrivalTime) {
    ActivityEpisode {
        inView = Field.finite("inView", inView);
        typical = Field.finite("typical", typical);
    }

    /**
     * Time from the last unusual interval to the typical one that ends the episode, ms of device
     * time: the second one, if none is missing.
     */
    private static final long CALM = ActivitySample.LENGTH;

    /**
     * Time at which the episode ends without an interval that shows whether it goes on, ms of
     * arrival time.
     */
    static final long UNSEEN = 3 * ActivitySample.LENGTH;

    /** Minimum duration before the first update, ms. */
    private static final long MIN_UPDATE = 2 * ActivitySample.LENGTH;

    static ActivityEpisode begin(
            ActivitySample activity, double typical, AnomalyEvidence evidence) {
        long end = activity.startedAt() + ActivitySample.LENGTH;
        return new ActivityEpisode(
                activity.location(),
                activity.objectClass(),
                activity.arrivalTime(),
                activity.startedAt(),
                end,
                end,
                activity.inView(),
                typical,
                evidence,
                activity.arrivalTime());
    }

    /** Adds an interval in which it continues; the numbers are those of the rarest interval. */
    ActivityEpisode with(ActivitySample activity, double typicalThen, AnomalyEvidence newGrounds) {
        boolean worse = newGrounds.perDay() < evidence.perDay();
        return new ActivityEpisode(
                activity.location(),
                objectClass,
                revision,
                startedAt,
                Math.max(endsAt, activity.startedAt() + ActivitySample.LENGTH),
                emittedUntil,
                worse ? activity.inView() : inView,
                worse ? typicalThen : typical,
                worse ? evidence.worse(newGrounds) : evidence,
                activity.arrivalTime());
    }

    /** The next revision, which is emitted now. */
    ActivityEpisode emittedAgain() {
        return new ActivityEpisode(
                location,
                objectClass,
                Alert.revisionAfter(revision, arrivalTime),
                startedAt,
                endsAt,
                endsAt,
                inView,
                typical,
                evidence,
                arrivalTime);
    }

    /** With a later arrival time and no further unusual interval. */
    ActivityEpisode at(long arrival) {
        return new ActivityEpisode(
                location,
                objectClass,
                revision,
                startedAt,
                endsAt,
                emittedUntil,
                inView,
                typical,
                evidence,
                arrival);
    }

    /** Identity among the episodes of its type and camera. */
    String identityKey() {
        return "@" + startedAt;
    }

    /** Whether an interval shows if it goes on, because it counts the same object class. */
    boolean isAlso(ActivitySample activity) {
        return activity.objectClass() == objectClass;
    }

    /** Whether this interval ends it, which is typical. */
    boolean isOverBy(ActivitySample activity) {
        return activity.startedAt() - endsAt >= CALM;
    }

    /** Watermark at which it ends if no further interval shows whether it goes on, epoch ms. */
    long unseenFrom() {
        return arrivalTime + UNSEEN;
    }

    /** Whether it lasts at least twice as long as last emitted. */
    boolean isUpdateDue() {
        return endsAt - startedAt >= 2 * Math.max(emittedUntil - startedAt, MIN_UPDATE);
    }
}
