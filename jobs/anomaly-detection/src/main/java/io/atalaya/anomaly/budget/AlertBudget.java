package io.atalaya.anomaly.budget;

import io.atalaya.contracts.json.Field;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * Alert budget of one camera: alerts on the rarest scores, at the rate per day that the analyst
 * wants.
 *
 * <p>A score is converted into the rate per day of scores at least as high ({@link
 * PeaksOverThreshold}), and is an alert if that rate is below an allowance. The allowance is the
 * budget with a correction: each alert divides it by a constant, and time multiplies it back at the
 * rate of the budget. So the number of alerts minus the budget is a logarithm of the correction,
 * and stays bounded however wrong the tail is (adaptive conformal inference: Gibbs and Candès 2021,
 * arXiv:2106.00170, on a logarithmic scale). A camera with equal scores has no rarest one and never
 * alerts.
 *
 * <p>Not thread-safe. Its size is constant.
 */
public final class AlertBudget {
    /** Size of {@link #toBytes}. */
    public static final int BYTES =
            1 + 2 * Long.BYTES + 2 * Double.BYTES + PeaksOverThreshold.BYTES;

    /** Minimum and maximum of the budget, alerts per day. */
    public static final double MIN_PER_DAY = 0.01;

    public static final double MAX_PER_DAY = 100;

    private static final byte VERSION = 1;

    /** Maximum score, so that squares stay finite. */
    private static final double MAX_SCORE = 1e100;

    private static final double DAY = 86_400_000.0;

    /** Wanted excesses over the threshold per alert, because the tail is fitted to them. */
    private static final double EXCESSES_AN_ALERT = 30;

    /** Lower limit of the same for a camera with so few scores per day that these are no tail. */
    private static final double MIN_EXCESSES_AN_ALERT = 4;

    private static final double MIN_EXCESSES_A_DAY = 10;

    /**
     * Maximum time without scores that counts towards the budget, days: one night, in which little
     * happens but for which the budget also holds.
     */
    private static final double MAX_SILENCE_DAYS = 8.0 / 24;

    /**
     * Multiple of the typical time between excesses that counts instead if it is longer, as at a
     * quiet camera.
     */
    private static final double TYPICAL_WAITS = 2;

    /**
     * Log factor by which an alert lowers the allowance. A higher value keeps closer to the budget,
     * and allows fewer alerts soon after one.
     */
    private static final double STRENGTH = 1.5;

    /**
     * Limit of the log correction, so that one day of many alerts does not suppress a month of
     * them.
     */
    private static final double FURTHEST = 6;

    private final double perDay;
    private final PeaksOverThreshold tail;
    private long last = Long.MIN_VALUE;
    private double correction;
    private long alerts;
    private double days;

    private AlertBudget(double perDay) {
        if (!(perDay >= MIN_PER_DAY && perDay <= MAX_PER_DAY)) {
            throw new IllegalArgumentException(
                    "alerts per camera and day: got "
                            + perDay
                            + ", expected "
                            + MIN_PER_DAY
                            + " to "
                            + MAX_PER_DAY);
        }
        this.perDay = perDay;
        this.tail =
                new PeaksOverThreshold(
                        Math.max(EXCESSES_AN_ALERT * perDay, MIN_EXCESSES_A_DAY),
                        MIN_EXCESSES_AN_ALERT * perDay);
    }

    /**
     * Budget of a camera without a past.
     *
     * @param perDay alerts per day
     * @throws IllegalArgumentException if that is out of range
     */
    public static AlertBudget fresh(double perDay) {
        return new AlertBudget(perDay);
    }

    /**
     * Restores a budget.
     *
     * @param perDay may differ from the budget before; the learned tail is kept
     * @throws IllegalArgumentException if the bytes are not from {@link #toBytes}
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

    /** State with a version, for {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteBuffer to = ByteBuffer.allocate(BYTES).put(VERSION);
        to.putLong(last).putDouble(correction).putLong(alerts).putDouble(days);
        tail.write(to);
        return to.array();
    }

    /** {@link #offer(long, double, double)} with the unchanged budget. */
    public Verdict offer(long time, double score) {
        return offer(time, score, 1);
    }

    /**
     * Evaluates a score, and learns it.
     *
     * @param time epoch ms; one that is not later than the last counts as the same time
     * @param score within ±1e100; the higher the more unusual, on any scale
     * @param share factor of the budget at that time, because another model may not need its own;
     *     the budget then grows by the same factor
     * @throws IllegalArgumentException if the score is out of range
     */
    public Verdict offer(long time, double score, double share) {
        Verdict verdict = evaluate(time, score, share);
        if (verdict.isAlert()) {
            correction = Math.max(-FURTHEST, correction - STRENGTH);
            alerts++;
        }
        return verdict;
    }

    /**
     * Evaluates and learns a score that cannot be an alert itself, because it belongs to one that
     * was emitted.
     *
     * @return a verdict that is never an alert
     */
    public Verdict learn(long time, double score, double share) {
        Verdict verdict = evaluate(time, score, share);
        return new Verdict(
                false, verdict.perDay(), verdict.allowance(), verdict.pValue(), verdict.days());
    }

    private Verdict evaluate(long time, double score, double share) {
        Field.number("score", score, -MAX_SCORE, MAX_SCORE);
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

    /** Whether the scores are known well enough to alert. */
    public boolean isKnown() {
        return tail.isKnown();
    }

    /**
     * Days so far in which alerts were possible: 0 before the scores are known; a day at twice the
     * budget counts as 2.
     */
    public double days() {
        return days;
    }

    /** Alerts per day over {@link #days}; 0 before the first. */
    public double realisedPerDay() {
        return days > 0 ? alerts / days : 0;
    }

    private double longestSilence() {
        return Math.max(MAX_SILENCE_DAYS, TYPICAL_WAITS * tail.typicalWait());
    }

    /**
     * Verdict on a score.
     *
     * @param isAlert whether it is among the rarest that the budget allows
     * @param perDay rate of scores at least as high at this camera, per day; empty if the score is
     *     not rare or the camera is not yet known
     * @param allowance rate per day below which a score is an alert
     * @param pValue share of this camera's scores that are at least as high, 0 to 1
     * @param days days by which the score advanced the budget: 0 before the camera is known
     */
    public record Verdict(
            boolean isAlert, OptionalDouble perDay, double allowance, double pValue, double days) {
        public Verdict {
            perDay.ifPresent(value -> Field.finite("perDay", value));
            allowance = Field.finite("allowance", allowance);
            pValue = Field.number("pValue", pValue, 0, 1);
            days = Field.finite("days", days);
        }
    }
}
