package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * Forecast of the next deviation from the season: a linear regression on the last deviation and on
 * those of the last hours and days. It uses recursive least squares with forgetting (Ljung and
 * Söderström 1983), in units of the typical deviation.
 */
final class ShortTermForecast {
    private static final int TERMS = 3;
    static final int BYTES =
            Double.BYTES + 2 * LeakyMean.BYTES + (TERMS + TERMS * TERMS) * Double.BYTES;

    private static final double HOURS = 3;
    private static final double DAYS = 72;
    private static final double KEEP = 0.9995;
    private static final double FIRST_VARIANCE = 10;

    /** Limit of the sum of variances, which only terms without input reach. */
    private static final double MAX_VARIANCE = 1000;

    /** Limit of a deviation, the largest difference of two values. */
    private static final double MAX_DISTANCE = 2 * SeriesModel.MAX_VALUE;

    private static final double MAX_TERM = 8;
    private static final double MAX_ERROR = 4;

    private final LeakyMean hours = new LeakyMean(HOURS);
    private final LeakyMean days = new LeakyMean(DAYS);
    private final double[] weight = new double[TERMS];
    private final double[][] covariance = new double[TERMS][TERMS];
    private double last;

    ShortTermForecast() {
        for (int i = 0; i < TERMS; i++) {
            covariance[i][i] = FIRST_VARIANCE;
        }
    }

    /** The next deviation. */
    double deviation() {
        double next = weight[0] * last + weight[1] * hours.value() + weight[2] * days.value();
        return Math.max(-MAX_DISTANCE, Math.min(MAX_DISTANCE, next));
    }

    /** The part of it that has lasted for days: a new level that the season has not learned yet. */
    double lasting() {
        return Math.max(0, Math.min(1, weight[2])) * days.value();
    }

    /**
     * Learns a deviation.
     *
     * @param typical typical deviation
     * @param typicalError typical error of this forecast
     */
    void learn(double deviation, SampleContext moment, double typical, double typicalError) {
        double[] term = {last / typical, hours.value() / typical, days.value() / typical};
        double[] gain = new double[TERMS];
        double denominator = KEEP;
        for (int i = 0; i < TERMS; i++) {
            term[i] = Math.max(-MAX_TERM, Math.min(MAX_TERM, term[i]));
        }
        for (int i = 0; i < TERMS; i++) {
            for (int j = 0; j < TERMS; j++) {
                gain[i] += covariance[i][j] * term[j];
            }
            denominator += term[i] * gain[i];
        }
        double limit = MAX_ERROR * typicalError;
        double error = Math.max(-limit, Math.min(limit, deviation - deviation())) / typical;
        double trace = 0;
        for (int i = 0; i < TERMS; i++) {
            weight[i] += gain[i] / denominator * error;
            for (int j = 0; j < TERMS; j++) {
                covariance[i][j] = (covariance[i][j] - gain[i] * gain[j] / denominator) / KEEP;
            }
            trace += covariance[i][i];
        }
        if (trace > MAX_VARIANCE) {
            for (double[] row : covariance) {
                for (int j = 0; j < TERMS; j++) {
                    row[j] *= MAX_VARIANCE / trace;
                }
            }
        }
        last = deviation;
        hours.add(deviation, moment);
        days.add(deviation, moment);
    }

    void write(ByteBuffer to) {
        to.putDouble(last);
        hours.write(to);
        days.write(to);
        for (int i = 0; i < TERMS; i++) {
            to.putDouble(weight[i]);
            for (double each : covariance[i]) {
                to.putDouble(each);
            }
        }
    }

    void read(ByteBuffer from) {
        last = from.getDouble();
        hours.read(from);
        days.read(from);
        for (int i = 0; i < TERMS; i++) {
            weight[i] = from.getDouble();
            for (int j = 0; j < TERMS; j++) {
                covariance[i][j] = from.getDouble();
            }
        }
    }
}
