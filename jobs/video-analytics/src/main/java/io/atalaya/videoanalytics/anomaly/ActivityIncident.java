package io.atalaya.videoanalytics.anomaly;

/**
 * Unusual activity that people were told of and that goes on.
 *
 * @param revision that was told last
 * @param since begin of its first minute, epoch ms
 * @param until end of its last unusual minute, epoch ms
 * @param told end of the minute of which people were told last, epoch ms
 * @param inView in its most unusual minute
 * @param usual what was expected in that minute
 * @param at arrival clock of the last minute that was looked at, epoch ms
 */
record ActivityIncident(
        Origin origin,
        int revision,
        long since,
        long until,
        long told,
        double inView,
        double usual,
        Grounds grounds,
        long at) {
    /** So long without an unusual minute, and it is over. */
    private static final long CALM = 10 * Minute.LENGTH;

    /**
     * So long without any minute, by the arrival clock, and it is over: nobody sees it any more.
     */
    private static final long UNSEEN = 15 * Minute.LENGTH;

    /** News of it are due no sooner. */
    private static final long LEAST_NEWS = 5 * Minute.LENGTH;

    static ActivityIncident begin(Minute minute, double usual, Grounds grounds) {
        long end = minute.time() + Minute.LENGTH;
        return new ActivityIncident(
                minute.origin(),
                1,
                minute.time(),
                end,
                end,
                minute.inView(),
                usual,
                grounds,
                minute.at());
    }

    /** With a further minute in which it goes on; the most unusual one gives the numbers. */
    ActivityIncident with(Minute minute, double newUsual, Grounds newGrounds) {
        boolean worse = newGrounds.perDay() < grounds.perDay();
        return new ActivityIncident(
                minute.origin(),
                revision,
                since,
                Math.max(until, minute.time() + Minute.LENGTH),
                told,
                worse ? minute.inView() : inView,
                worse ? newUsual : usual,
                worse ? newGrounds : grounds,
                minute.at());
    }

    /** The next revision, of which people are told now. */
    ActivityIncident toldAgain() {
        return new ActivityIncident(
                origin, revision + 1, since, until, until, inView, usual, grounds, at);
    }

    /** With the arrival clock at that time, and nothing unusual since. */
    ActivityIncident at(long arrival) {
        return new ActivityIncident(
                origin, revision, since, until, told, inView, usual, grounds, arrival);
    }

    /** What makes it this one, beside type and camera. */
    String anchor() {
        return "@" + since;
    }

    /** Whether it is over when a minute comes. */
    boolean isOverBy(Minute minute) {
        return minute.time() - until >= CALM;
    }

    /** When it is over, by the arrival clock, if no minute comes. */
    long unseenFrom() {
        return at + UNSEEN;
    }

    /** Whether it has lasted twice as long as people know. */
    boolean isNewsDue() {
        return until - since >= 2 * Math.max(told - since, LEAST_NEWS);
    }
}
