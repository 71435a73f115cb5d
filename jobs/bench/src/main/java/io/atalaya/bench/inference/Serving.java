package io.atalaya.bench.inference;

/** A way of serving one model, for one thread. */
interface Serving extends AutoCloseable {
    /** The name in the tables. */
    String name();

    /**
     * Serves some records.
     *
     * @param values features, one record after the other; must not be modified
     * @param records number of records
     * @return the first output, one record after the other
     */
    float[] serve(float[] values, int records);

    @Override
    void close();
}
