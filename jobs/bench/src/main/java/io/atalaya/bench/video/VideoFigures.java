package io.atalaya.bench.video;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.state.Checkpoints;

import java.util.List;

/** All measurements of a run. */
record VideoFigures(
        Machine machine,
        VideoBenchPlan plan,
        List<CitySize> sizes,
        Delays frameToAlert,
        Checkpoints checkpoints) {
    /** CPU time per frame with the most cameras over that with the fewest. */
    double growth(String contender) {
        return sizes.get(sizes.size() - 1).cpu(contender).median()
                / sizes.get(0).cpu(contender).median();
    }
}
