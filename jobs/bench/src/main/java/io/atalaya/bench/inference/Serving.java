package io.atalaya.bench.inference;

/** A way to serve one model, for one thread. */
interface Serving extends AutoCloseable {
    /** As the tables call it. */
    String name();

    /**
     * Serves some records.
     *
     * @param values the records' features, one record after the other; nobody changes them
     * @param records how many
     * @return the first output, one record after the other
     */
    float[] serve(float[] values, int records);

    @Override
    void close();
}
