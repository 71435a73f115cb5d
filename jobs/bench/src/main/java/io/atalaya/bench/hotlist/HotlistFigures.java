package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.state.Checkpoints;

import java.util.List;

/**
 * All that one run has measured.
 *
 * @param footprint null where the list had one size only
 */
public record HotlistFigures(
        Machine machine,
        BenchPlan plan,
        List<Race> races,
        List<SizeFigures> sizes,
        LatencyFigures latency,
        Checkpoints steadyCheckpoints,
        Footprint footprint) {}
