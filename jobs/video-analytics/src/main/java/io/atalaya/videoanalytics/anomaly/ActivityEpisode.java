package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.Field;
import io.atalaya.videoanalytics.track.ObjectClass;

/**
 * Unusual activity that people were told of and that goes on.
 *
 * @param thing of which there are so many, or so few
 * @param revision that was told last
 * @param since begin of its first span, epoch ms
 * @param until end of its last unusual span, epoch ms
 * @param emitted end of the span of which people were told last, epoch ms
 * @param inView in its most unusual span
 * @param usual what was expected when it began: later on it is learned
 * @param at arrival clock of the last span that was looked at, epoch ms
 */
record ActivityEpisode(
        CameraLocation location,
        ObjectClass thing,
        long revision,
        long since,
        long until,
        long emitted,
        double inView,
        double usual,
        AnomalyEvidence evidence,
        long at) {
    ActivityEpisode {
        inView = Field.finite("inView", inView);
        usual = Field.finite("usual", usual);
    }

    /** So long between an unusual span and one that comes, and it is over. */
    private static final long CALM = ActivitySample.LENGTH;

    /** So long without any span, by the arrival clock, and it is over: nobody sees it any more. */
    private static final long UNSEEN = 3 * ActivitySample.LENGTH;

    /** News of it are due no sooner. */
    private static final long LEAST_NEWS = 2 * ActivitySample.LENGTH;

    static ActivityEpisode begin(ActivitySample activity, double usual, AnomalyEvidence evidence) {
        long end = activity.time() + ActivitySample.LENGTH;
        return new ActivityEpisode(
                activity.location(),
                activity.thing(),
                activity.at(),
                activity.time(),
                end,
                end,
                activity.inView(),
                usual,
                evidence,
                activity.at());
    }

    /** With a further span in which it goes on; the most unusual one gives the numbers. */
    ActivityEpisode with(ActivitySample activity, AnomalyEvidence newGrounds) {
        boolean worse = newGrounds.perDay() < evidence.perDay();
        return new ActivityEpisode(
                activity.location(),
                thing,
                revision,
                since,
                Math.max(until, activity.time() + ActivitySample.LENGTH),
                emitted,
                worse ? activity.inView() : inView,
                usual,
                worse ? evidence.worse(newGrounds) : evidence,
                activity.at());
    }

    /** The next revision, of which people are told now. */
    ActivityEpisode emittedAgain() {
        return new ActivityEpisode(
                location,
                thing,
                Alert.revisionAfter(revision, at),
                since,
                until,
                until,
                inView,
                usual,
                evidence,
                at);
    }

    /** With the arrival clock at that time, and nothing unusual since. */
    ActivityEpisode at(long arrival) {
        return new ActivityEpisode(
                location, thing, revision, since, until, emitted, inView, usual, evidence, arrival);
    }

    /** What makes it this one, beside type and camera. */
    String anchor() {
        return "@" + since;
    }

    /** Whether a rare span prolongs it: of what it is about. */
    boolean isAlso(ActivitySample activity) {
        return activity.thing() == thing;
    }

    /** Whether it is over when a span comes. */
    boolean isOverBy(ActivitySample activity) {
        return activity.time() - until >= CALM;
    }

    /** When it is over, by the arrival clock, if no span comes. */
    long unseenFrom() {
        return at + UNSEEN;
    }

    /** Whether it has lasted twice as long as people know. */
    boolean isNewsDue() {
        return until - since >= 2 * Math.max(emitted - since, LEAST_NEWS);
    }
}
