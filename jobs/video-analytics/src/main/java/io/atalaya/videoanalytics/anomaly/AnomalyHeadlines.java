package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.videoanalytics.track.ObjectClass;

/** One sentence per anomaly for a dispatcher who has not seen the image yet. */
final class AnomalyHeadlines {
    /** Rates below once in this many days are a guess. */
    private static final double MAX_DAYS = 90;

    private static final double CLEARLY = 1.25;

    private AnomalyHeadlines() {}

    /**
     * @param perDay rate of trajectories at least as unusual, per day
     */
    static Text trajectory(ObjectClass objectClass, double perDay) {
        return Message.of(
                objectClass == ObjectClass.PERSON
                        ? MessageCode.UNUSUAL_TRAJECTORY_PERSON
                        : MessageCode.UNUSUAL_TRAJECTORY_VEHICLE,
                often(perDay));
    }

    private static Message often(double perDay) {
        // Mean interval between two such trajectories, with a bound for the rarest.
        double days = 1 / Math.max(perDay, 0.5 / MAX_DAYS);
        if (days < 1.5) {
            return Message.of(MessageCode.ONCE_A_DAY);
        }
        return days > MAX_DAYS
                ? Message.of(MessageCode.ONCE_IN_MORE_DAYS, MAX_DAYS)
                : Message.of(MessageCode.ONCE_IN_DAYS, days);
    }

    /**
     * @param objectClass vehicles or people
     * @param inView mean number in view during an interval
     * @param typical number expected at that hour
     */
    static Text activity(ObjectClass objectClass, double inView, double typical, boolean over) {
        boolean people = objectClass == ObjectClass.PERSON;
        return Message.of(
                over ? MessageCode.UNUSUAL_ACTIVITY_ENDED : MessageCode.UNUSUAL_ACTIVITY,
                Message.of(change(people, inView, typical)),
                inView,
                Message.of(people ? MessageCode.PEOPLE : MessageCode.VEHICLES),
                typical);
    }

    private static MessageCode change(boolean people, double inView, double typical) {
        if (inView * CLEARLY < typical) {
            return people ? MessageCode.MUCH_LESS_FOOT_TRAFFIC : MessageCode.MUCH_LESS_TRAFFIC;
        }
        if (typical * CLEARLY < inView) {
            return people ? MessageCode.MUCH_MORE_FOOT_TRAFFIC : MessageCode.MUCH_MORE_TRAFFIC;
        }
        return people ? MessageCode.UNUSUAL_FOOT_TRAFFIC : MessageCode.UNUSUAL_TRAFFIC;
    }
}
