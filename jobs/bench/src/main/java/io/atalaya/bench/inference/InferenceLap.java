package io.atalaya.bench.inference;

/**
 * One lap of one way to serve a model.
 *
 * @param batch records a run
 * @param cpuSeconds of the thread that serves: the sessions have no other
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
