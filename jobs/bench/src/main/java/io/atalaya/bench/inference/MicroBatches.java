package io.atalaya.bench.inference;

import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.inference.Tensor;

/**
 * Serves like the jobs: by DJL one batch at a time, with a tensor built here instead of by a
 * batchifier.
 */
final class MicroBatches implements Serving {
    static final String NAME = "DJL micro-batches";

    private final OnnxSession session;
    private final OnnxSession.Runner runner;

    MicroBatches(StoredModel model) {
        this.session = OnnxSession.open(model);
        this.runner = session.runner();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public float[] serve(float[] values, int records) {
        return runner.run(new Tensor(values, records, values.length / records)).values();
    }

    @Override
    public void close() {
        runner.close();
        session.close();
    }
}
