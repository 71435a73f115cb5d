package io.atalaya.bench.inference;

/**
 * One lap of one way of serving a model.
 *
 * @param batch records per run
 * @param cpuSeconds CPU time of the serving thread, the only one that the sessions use
 */
record InferenceLap(
        String model,
        String serving,
        int batch,
        int round,
        long records,
        double seconds,
        double cpuSeconds) {
    private static final double MICROS = 1e6;

    double micros() {
        return MICROS * seconds / records;
    }

    double cpuMicros() {
        return MICROS * cpuSeconds / records;
    }
}
