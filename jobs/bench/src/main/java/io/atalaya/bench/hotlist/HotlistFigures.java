package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.state.Checkpoints;

import java.util.List;

/**
 * All measurements of one run.
 *
 * @param footprint null if the list had only one size
 */
public record HotlistFigures(
        Machine machine,
        BenchPlan plan,
        List<Race> races,
        List<SizeFigures> sizes,
        LatencyFigures latency,
        Checkpoints steadyCheckpoints,
        Footprint footprint) {}
