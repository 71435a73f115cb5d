package io.atalaya.lab.evaluate.dispatch;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.Map;

/**
 * How well a day was dispatched.
 *
 * @param grouping against the truth, or null without one
 * @param delays against the truth, or null without one
 * @param positions that were interrupted
 * @param deadlines register, dispatch, on scene
 * @param decisions number by kind
 * @param badActors devices by their false alarms, the worst first
 */
record DispatchFigures(
        int incidents,
        Grouping grouping,
        Delays delays,
        List<PositionLoad> positions,
        List<Deadline> deadlines,
        Handover handover,
        Map<String, Integer> decisions,
        List<BadActor> badActors) {

    /**
     * Incidents against the truth.
     *
     * @param events that the truth knows and that were to be grouped
     * @param unseen events of them that are in no incident
     * @param wrongMerges incidents with events of several true incidents
     * @param wrongSplits true incidents whose events are in several incidents
     * @param vehiclesInPlaces incidents with a vehicle and something else
     * @param needless true incidents that were sent to a site although their sources say that there
     *     is nothing
     */
    record Grouping(
            int trueIncidents,
            int events,
            int unseen,
            Agreement pairs,
            Agreement bCubed,
            int wrongMerges,
            int wrongSplits,
            int vehiclesInPlaces,
            int needless) {}

    /**
     * From the first evidence to the queue of the right site.
     *
     * @param unsent real incidents that no site was sent
     * @param elsewhere incidents that another site was sent first
     */
    record Delays(Quantiles all, Quantiles grave, int unsent, int elsewhere) {}

    /** Milliseconds; all 0 if the count is 0. */
    record Quantiles(long count, long median, long p90, long max) {
        static Quantiles of(Histogram histogram) {
            return new Quantiles(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(90),
                    histogram.getMaxValue());
        }
    }

    /**
     * What one position had to bear.
     *
     * @param position or {@code all} where nothing went to a single one
     * @param floods times in which there were more than 10 in 10 minutes, until fewer than 5 were
     *     (ISA-18.2)
     * @param floodShare share of the day in a flood
     * @param overBudget interruptions below the gravest priority that came when there were 10
     *     already in 10 minutes
     */
    record PositionLoad(
            String site,
            String position,
            int interruptions,
            double perHour,
            int floods,
            double floodShare,
            int overBudget) {}

    /** How many of the incidents got an answer in time; those without a due answer do not count. */
    record Deadline(String name, long seconds, int due, int missed, Quantiles delays) {}

    /**
     * What became of incidents that several sites knew of.
     *
     * @param failOvers assignments to the other site because the first was down
     * @param sentTwice incidents that both sites were asked to handle
     * @param withdrawn messages that took one back from a site
     * @param stillTwice accepted incidents that another site still holds at the end
     */
    record Handover(int failOvers, int sentTwice, int withdrawn, int stillTwice) {}

    /** A device and how its incidents were closed. */
    record BadActor(String deviceId, int alarms, int falseAlarms) {
        double share() {
            return (double) falseAlarms / alarms;
        }
    }
}
