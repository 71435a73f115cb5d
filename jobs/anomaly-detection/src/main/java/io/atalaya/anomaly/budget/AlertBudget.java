package io.atalaya.anomaly.budget;

import io.atalaya.contracts.json.Field;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * One camera's alerts under a budget: the rarest scores, so many a day as the analyst wants.
 *
 * <p>A score is turned into how many such scores a day would bring ({@link PeaksOverThreshold}),
 * and is an alert where that is less than an allowance. The allowance is the budget, corrected by
 * what came of it: each alert divides it by a constant, and time multiplies it back at the pace of
 * the budget. So alerts minus budget is a logarithm of the correction, and stays bounded however
 * wrong the tail is (adaptive conformal inference: Gibbs and Candès 2021, arXiv:2106.00170, on a
 * logarithmic scale). A camera whose scores are all the same has no rarest one and never alerts.
 *
 * <p>Not thread-safe. Nothing in it grows.
 */
public final class AlertBudget {
    /** Size of {@link #toBytes}. */
    public static final int BYTES =
            1 + 2 * Long.BYTES + 2 * Double.BYTES + PeaksOverThreshold.BYTES;

    /** The least and most that can be asked for. */
    public static final double LEAST_PER_DAY = 0.01;

    public static final double MOST_PER_DAY = 100;

    private static final byte VERSION = 1;

    /** No score is larger: its squares must stay numbers. */
    private static final double MOST_SCORE = 1e100;

    private static final double DAY = 86_400_000.0;

    /** Scores above the threshold, for each alert: what the fit of the tail lives on. */
    private static final double EXCESSES_AN_ALERT = 30;

    /** The same where a camera has so few scores a day that this is no tail. */
    private static final double LEAST_EXCESSES_AN_ALERT = 4;

    private static final double LEAST_EXCESSES_A_DAY = 10;

    /**
     * A camera that says nothing earns nothing for the time, past so many days: a night, in which
     * little happens and which is a part of the day that the budget is for.
     */
    private static final double LONGEST_SILENCE = 8.0 / 24;

    /** But on a quiet one so many waits from excess to excess are usual. */
    private static final double USUAL_WAITS = 2;

    /**
     * Logarithm by which an alert lowers the allowance. More keeps the budget closer, and lets less
     * pass soon after an alert.
     */
    private static final double STRENGTH = 1.5;

    /**
     * A correction that is further out than this is not made up for: a day of alarms must not buy a
     * month of silence.
     */
    private static final double FURTHEST = 6;

    private final double perDay;
    private final PeaksOverThreshold tail;
    private long last = Long.MIN_VALUE;
    private double correction;
    private long alerts;
    private double days;

    private AlertBudget(double perDay) {
        if (!(perDay >= LEAST_PER_DAY && perDay <= MOST_PER_DAY)) {
            throw new IllegalArgumentException(
                    "alerts per camera and day: got "
                            + perDay
                            + ", expected "
                            + LEAST_PER_DAY
                            + " to "
                            + MOST_PER_DAY);
        }
        this.perDay = perDay;
        this.tail =
                new PeaksOverThreshold(
                        Math.max(EXCESSES_AN_ALERT * perDay, LEAST_EXCESSES_A_DAY),
                        LEAST_EXCESSES_AN_ALERT * perDay);
    }

    /**
     * Of a camera that was never seen.
     *
     * @param perDay alerts a day
     * @throws IllegalArgumentException if that is out of range
     */
    public static AlertBudget fresh(double perDay) {
        return new AlertBudget(perDay);
    }

    /**
     * What was kept.
     *
     * @param perDay may be another budget than before: the tail that was learned stays
     * @throws IllegalArgumentException if the bytes are none of {@link #toBytes}
     */
    public static AlertBudget fromBytes(double perDay, byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new IllegalArgumentException(
                    "state of an alarm budget: got %d bytes of version %d, expected %d of version %d"
                            .formatted(
                                    bytes.length,
                                    bytes.length == 0 ? -1 : bytes[0],
                                    BYTES,
                                    VERSION));
        }
        AlertBudget budget = new AlertBudget(perDay);
        ByteBuffer from = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        budget.last = from.getLong();
        budget.correction = from.getDouble();
        budget.alerts = from.getLong();
        budget.days = from.getDouble();
        budget.tail.read(from);
        return budget;
    }

    /** For a keyed state: a version and what {@link #fromBytes} reads. */
    public byte[] toBytes() {
        ByteBuffer to = ByteBuffer.allocate(BYTES).put(VERSION);
        to.putLong(last).putDouble(correction).putLong(alerts).putDouble(days);
        tail.write(to);
        return to.array();
    }

    /** {@link #offer(long, double, double)} under the budget, as it is. */
    public Verdict offer(long time, double score) {
        return offer(time, score, 1);
    }

    /**
     * Judges a score, and learns it.
     *
     * @param time epoch milliseconds; one that is not later than the last counts as the same moment
     * @param score within ±1e100; the higher the more unusual, on any scale
     * @param share by which the budget is multiplied at that time, for somebody else does not need
     *     his: the account then runs so much faster
     * @throws IllegalArgumentException if the score is out of its range
     */
    public Verdict offer(long time, double score, double share) {
        Verdict verdict = judge(time, score, share);
        if (verdict.alert()) {
            correction = Math.max(-FURTHEST, correction - STRENGTH);
            alerts++;
        }
        return verdict;
    }

    /**
     * Judges and learns a score that cannot be an alert of its own, for it belongs to one that was
     * told.
     *
     * @return never an alert
     */
    public Verdict learn(long time, double score, double share) {
        Verdict verdict = judge(time, score, share);
        return new Verdict(
                false, verdict.perDay(), verdict.allowance(), verdict.pValue(), verdict.days());
    }

    private Verdict judge(long time, double score, double share) {
        Field.number("score", score, -MOST_SCORE, MOST_SCORE);
        double since =
                last == Long.MIN_VALUE
                        ? 0
                        : Math.min(longestSilence(), Math.max(0, (time - last) / DAY));
        last = Math.max(last, time);
        double counted = tail.isKnown() ? since * share : 0;
        days += counted;
        correction = Math.min(FURTHEST, correction + STRENGTH * perDay * counted);
        double allowance = perDay * share * Math.exp(correction);
        OptionalDouble rarity = tail.perDay(score);
        double pValue = tail.pValue(score);
        tail.add(score, since);
        boolean alert = rarity.isPresent() && rarity.getAsDouble() < allowance;
        return new Verdict(alert, rarity, allowance, pValue, counted);
    }

    /** Whether its scores are known well enough to alert. */
    public boolean isKnown() {
        return tail.isKnown();
    }

    /**
     * Days so far in which there could be alerts: none before the scores are known, two for one at
     * twice the budget.
     */
    public double days() {
        return days;
    }

    /** Alerts a day over those; 0 before. */
    public double realisedPerDay() {
        return days > 0 ? alerts / days : 0;
    }

    private double longestSilence() {
        return Math.max(LONGEST_SILENCE, USUAL_WAITS * tail.usualWait());
    }

    /**
     * What became of a score.
     *
     * @param alert whether it is among the rarest that the budget allows
     * @param perDay how many as high a day of this camera would bring; empty where it is nothing
     *     rare or the camera is not yet known
     * @param allowance the bar: below so many a day it is an alert
     * @param pValue share of this camera's scores that are as high, 0 to 1
     * @param days by which the score moved the clock of the budget: none before the camera is known
     */
    public record Verdict(
            boolean alert, OptionalDouble perDay, double allowance, double pValue, double days) {
        public Verdict {
            perDay.ifPresent(value -> Field.finite("perDay", value));
            allowance = Field.finite("allowance", allowance);
            pValue = Field.number("pValue", pValue, 0, 1);
            days = Field.finite("days", days);
        }
    }
}
