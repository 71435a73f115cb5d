package io.atalaya.anomaly.series;

import io.atalaya.contracts.json.Field;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * Typical behaviour of one camera's counts over time, learned online: seasons, level, spread, and
 * how rare each deviation is in the series' own past. The cost per value does not depend on the
 * length of the past, and the size is constant. The series may be sampled irregularly and have
 * gaps.
 *
 * <p>A value gives a statistic in each channel: its deviation from the season, single and averaged
 * over hours and days, in spreads of the half hour; its surprise against a short-term forecast;
 * deviation, surprise and distance from the level in spreads of the whole series; and the mean size
 * of recent surprises. Each channel converts its statistic into a rarity with its own {@link
 * ParetoTail}.
 *
 * <p>Not thread-safe.
 */
public final class SeriesModel {
    /** Hours over which deviations are averaged, one channel each. */
    private static final double[] SCALES = {0, 0.75, 3, 10, 24, 72};

    private static final double RESTLESS_HOURS = 3;
    private static final double[] RAW_SCALES = {3, 24};

    private static final int SURPRISE = SCALES.length;
    private static final int RAW_DEVIATION = SURPRISE + 1;
    private static final int FROM_LEVEL = SURPRISE + 2;
    private static final int RAW_SURPRISE = SURPRISE + 3;
    private static final int RESTLESS = SURPRISE + 4;
    private static final int CHANNELS = SURPRISE + 5;

    /** Channels whose recent maximum rarity is remembered for some hours. */
    private static final int[] REMEMBERED = {0, 1, SURPRISE, FROM_LEVEL};

    /** Decimal logarithms by which a channel's rarity must exceed the others' to count as much. */
    private static final double[] HANDICAP = {0, -0.3, 0, 0.2, 0.2, 0.3, 0, 0.2, 0.2, 0.2, 0.3};

    private static final double REPEATS_HANDICAP = -0.5;

    /**
     * Correction per factor of 10 in length, because the maximum rarity grows with the number of
     * values searched.
     */
    private static final double SEARCHED = 0.5;

    /** Number of values at which that correction is 0. */
    private static final double SEARCHED_FROM = 2000;

    /** Number of values before a series is known well enough to score. */
    public static final int WARM_UP = 100;

    private static final double MAX_DISTANCE = 20;
    private static final double MAX_SURPRISE = 30;
    private static final double MAX_RESTLESS = 6;
    private static final double REMEMBERED_HOURS = 6;
    private static final double EPSILON = 1e-9;

    /** Length of {@link SeriesScore#features}. */
    public static final int FEATURES =
            (2 * CHANNELS + 1)
                    + 3
                    + 2 * CHANNELS
                    + 9
                    + REMEMBERED.length
                    + RAW_SCALES.length
                    + 4
                    + 3;

    /** Maximum value, larger than any count or measurement, so that squares stay finite. */
    public static final double MAX_VALUE = 1e12;

    private static final byte VERSION = 1;

    /** Size of {@link #toBytes}. */
    public static final int BYTES =
            1
                    + Sampling.BYTES
                    + SeasonalProfile.BYTES
                    + ShortTermForecast.BYTES
                    + 2 * SlotSpread.BYTES
                    + Range.BYTES
                    + StuckValueDetector.BYTES
                    + BaseRate.BYTES
                    + (SCALES.length + 1 + RAW_SCALES.length) * LeakyMean.BYTES
                    + CHANNELS * TwoSided.BYTES
                    + REMEMBERED.length * Double.BYTES;

    private final Sampling sampling = new Sampling();
    private final SeasonalProfile profile = new SeasonalProfile();
    private final ShortTermForecast forecast = new ShortTermForecast();
    private final SlotSpread deviationSpread = new SlotSpread();
    private final SlotSpread surpriseSpread = new SlotSpread();
    private final Range range = new Range();
    private final StuckValueDetector stuckValue = new StuckValueDetector();
    private final BaseRate baseRate = new BaseRate();
    private final LeakyMean[] scales = means(SCALES);
    private final LeakyMean[] rawScales = means(RAW_SCALES);
    private final LeakyMean restlessness = new LeakyMean(RESTLESS_HOURS);
    private final TwoSided[] channels = new TwoSided[CHANNELS];
    private final double[] remembered = new double[REMEMBERED.length];

    private SeriesModel() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel] = new TwoSided();
        }
    }

    /** Model of a series without a past. */
    public static SeriesModel fresh() {
        return new SeriesModel();
    }

    private static LeakyMean[] means(double[] hours) {
        LeakyMean[] means = new LeakyMean[hours.length];
        for (int i = 0; i < hours.length; i++) {
            means[i] = new LeakyMean(hours[i]);
        }
        return means;
    }

    /**
     * Scores a value against the past, and learns it.
     *
     * @param time epoch ms; one that is not later than the last counts as 1 ms after it
     * @param value within ±{@link #MAX_VALUE}
     * @throws IllegalArgumentException if the value is out of range
     */
    public SeriesScore update(long time, double value) {
        Field.number("value", value, -MAX_VALUE, MAX_VALUE);
        SampleContext moment = sampling.next(time);
        SeasonalProfile.Expected season = profile.expected(moment, value);
        double deviation = value - season.value();
        double surprise = deviation - forecast.deviation();
        // Otherwise the last digit of a nearly constant series would be rare.
        double least = 1e-3 * Math.abs(profile.level()) + EPSILON;
        double typicalDeviation = deviationSpread.at(moment, least / 10);
        double typicalSurprise = surpriseSpread.at(moment, least / 10);

        double[] statistic = new double[CHANNELS];
        double scaled = clip((deviation - forecast.lasting()) / typicalDeviation, MAX_DISTANCE);
        for (int scale = 0; scale < SCALES.length; scale++) {
            statistic[scale] = scales[scale].add(scaled, moment);
        }
        double away = away(surprise, deviation);
        statistic[SURPRISE] = clip(away / typicalSurprise, MAX_SURPRISE);
        statistic[RAW_DEVIATION] = deviation / (deviationSpread.overall() + least);
        statistic[FROM_LEVEL] = (value - profile.level()) / (range.deviation() + least);
        statistic[RAW_SURPRISE] = away / (surpriseSpread.overall() + least);
        statistic[RESTLESS] =
                restlessness.add(
                        Math.min(Math.abs(surprise) / typicalSurprise, MAX_RESTLESS), moment);
        double rawDeviation = clip(statistic[RAW_DEVIATION], MAX_DISTANCE);
        for (LeakyMean scale : rawScales) {
            scale.add(rawDeviation, moment);
        }

        TwoSided.Rarity[] rarity = new TwoSided.Rarity[CHANNELS];
        double greatest = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            rarity[channel] =
                    channels[channel].evaluate(
                            statistic[channel], moment, independent(channel, moment));
            greatest = Math.max(greatest, rarity[channel].greater() - HANDICAP[channel]);
        }
        double repeated = stuckValue.evaluate(value, moment);
        greatest = Math.max(greatest, repeated - REPEATS_HANDICAP);

        Features features = new Features(FEATURES);
        for (int channel = 0; channel < CHANNELS; channel++) {
            features.add(rarity[channel].up()).add(rarity[channel].down());
        }
        features.add(repeated);
        features.add(Math.log10(moment.count()) - 3)
                .add(-Math.log10(moment.stepDays()) - 2)
                .add(Math.log10(Math.max(0.1, moment.ageDays())) - 1);
        for (double each : statistic) {
            features.addSignedLog(each);
        }
        for (TwoSided.Rarity each : rarity) {
            features.add(each.record());
        }
        addKnowledge(features, season, moment, value, typicalDeviation);
        baseRate.evaluate(greatest, moment, features);

        profile.learn(value, season, moment, typicalDeviation);
        range.learn(value, profile.level(), moment);
        forecast.learn(deviation, moment, deviationSpread.overall() + least, typicalSurprise);
        deviationSpread.learn(deviation, moment, typicalDeviation);
        surpriseSpread.learn(surprise, moment, typicalSurprise);
        for (int i = 0; i < REMEMBERED.length; i++) {
            remembered[i] =
                    Math.max(
                            remembered[i] * Math.exp(-moment.sinceHours() / REMEMBERED_HOURS),
                            rarity[REMEMBERED[i]].greater());
        }
        boolean known = moment.count() >= WARM_UP;
        return new SeriesScore(
                features.values(),
                known
                        ? OptionalDouble.of(
                                greatest - SEARCHED * Math.log10(moment.count() / SEARCHED_FROM))
                        : OptionalDouble.empty(),
                value - surprise,
                season.value());
    }

    /** Adds features of what is known about the series, and of what happened just before. */
    private void addKnowledge(
            Features features,
            SeasonalProfile.Expected season,
            SampleContext moment,
            double value,
            double typicalDeviation) {
        double all = deviationSpread.overall() + EPSILON;
        double ofLevel = range.deviation() + EPSILON;
        for (int view = 1; view <= 3; view++) {
            features.add(Math.log(profile.evidence(view, moment) + 0.1));
        }
        for (int view = 2; view <= 3; view++) {
            double apart = Math.abs(season.views()[view] - season.views()[1]) / all;
            features.add(Double.isNaN(apart) ? 0 : Math.log1p(apart));
        }
        features.add(Math.log(typicalDeviation / all + 0.01))
                .add(Math.log(all / ofLevel + 0.01))
                .add(Math.log(surpriseSpread.overall() / all + 0.01))
                .add(Math.log(all / (Math.abs(profile.level()) + EPSILON) + 1e-3))
                .add(moment.isAfterGap() ? 1 : 0);
        boolean known = moment.count() > 30;
        features.add(Math.log(range.width() / ofLevel + 0.1))
                .add(known ? clip(range.above(value), 3) : 0)
                .add(known ? clip(range.below(value), 3) : 0);
        range.widen(value, profile.level(), moment);
        for (double each : remembered) {
            features.add(each);
        }
        for (LeakyMean each : rawScales) {
            features.addSignedLog(each.value());
        }
    }

    /**
     * The part of a surprise that leads away from the season, because a return to it is typical.
     */
    private static double away(double surprise, double deviation) {
        return surprise * deviation <= 0
                ? 0
                : Math.signum(surprise) * Math.min(Math.abs(surprise), Math.abs(deviation));
    }

    /** Share of independent values, because means over hours overlap. */
    private static double independent(int channel, SampleContext moment) {
        double hours =
                channel < SCALES.length
                        ? SCALES[channel]
                        : channel == RESTLESS ? RESTLESS_HOURS : 0;
        return hours == 0 ? 1 : Math.min(1, moment.stepHours() / (2 * hours));
    }

    private static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** State with a version, for {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteBuffer to = ByteBuffer.allocate(BYTES).put(VERSION);
        sampling.write(to);
        profile.write(to);
        forecast.write(to);
        deviationSpread.write(to);
        surpriseSpread.write(to);
        range.write(to);
        stuckValue.write(to);
        baseRate.write(to);
        restlessness.write(to);
        for (LeakyMean each : scales) {
            each.write(to);
        }
        for (LeakyMean each : rawScales) {
            each.write(to);
        }
        for (TwoSided each : channels) {
            each.write(to);
        }
        for (double each : remembered) {
            to.putDouble(each);
        }
        return to.array();
    }

    /**
     * Restores a model.
     *
     * @throws IllegalArgumentException if the bytes are not from {@link #toBytes}
     */
    public static SeriesModel fromBytes(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new IllegalArgumentException(
                    "state of a series model: got %d bytes of version %d, expected %d of version %d"
                            .formatted(
                                    bytes.length,
                                    bytes.length == 0 ? -1 : bytes[0],
                                    BYTES,
                                    VERSION));
        }
        SeriesModel model = new SeriesModel();
        ByteBuffer from = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        model.sampling.read(from);
        model.profile.read(from);
        model.forecast.read(from);
        model.deviationSpread.read(from);
        model.surpriseSpread.read(from);
        model.range.read(from);
        model.stuckValue.read(from);
        model.baseRate.read(from);
        model.restlessness.read(from);
        for (LeakyMean each : model.scales) {
            each.read(from);
        }
        for (LeakyMean each : model.rawScales) {
            each.read(from);
        }
        for (TwoSided each : model.channels) {
            each.read(from);
        }
        for (int i = 0; i < model.remembered.length; i++) {
            model.remembered[i] = from.getDouble();
        }
        return model;
    }
}
