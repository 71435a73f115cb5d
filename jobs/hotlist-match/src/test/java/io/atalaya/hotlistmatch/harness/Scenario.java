package io.atalaya.hotlistmatch.harness;

import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import java.util.ArrayList;
import java.util.List;

/**
 * A scenario of one operator. It runs either without interruption or with a restart after each
 * step, because recovery faults hide between two events.
 */
public final class Scenario<A, B, O> {
    /** One step of the scenario. */
    @FunctionalInterface
    public interface Step<A, B, O> {
        void happen(Subtask<A, B, O> subtask) throws Exception;
    }

    /** Takes what the test compares from a subtask, as values with equality. */
    @FunctionalInterface
    public interface Reading<A, B, O> {
        List<?> take(Subtask<A, B, O> subtask) throws Exception;
    }

    private final Subtask.Blueprint<O> blueprint;
    private final long start;
    private final Reading<A, B, O> reading;
    private final List<Step<A, B, O>> steps = new ArrayList<>();

    public Scenario(Subtask.Blueprint<O> blueprint, long start, Reading<A, B, O> reading) {
        this.blueprint = blueprint;
        this.start = start;
        this.reading = reading;
    }

    public Scenario<A, B, O> then(Step<A, B, O> step) {
        steps.add(step);
        return this;
    }

    public Scenario<A, B, O> first(A value) {
        return then(subtask -> subtask.first(value));
    }

    public Scenario<A, B, O> second(B value) {
        return then(subtask -> subtask.second(value));
    }

    public Scenario<A, B, O> now(long time) {
        return then(subtask -> subtask.now(time));
    }

    public Scenario<A, B, O> watermark(long time) {
        return then(subtask -> subtask.watermark(time));
    }

    /** All output, in order. */
    public List<Object> plainly(Backend backend) throws Exception {
        return run(backend, false);
    }

    /** All output, in order, with a restart after every step. */
    public List<Object> restarting(Backend backend) throws Exception {
        return run(backend, true);
    }

    private List<Object> run(Backend backend, boolean restarting) throws Exception {
        List<Object> all = new ArrayList<>();
        try (Subtask<A, B, O> subtask = Subtask.start(blueprint, backend, start)) {
            for (Step<A, B, O> step : steps) {
                step.happen(subtask);
                all.addAll(reading.take(subtask));
                if (restarting) {
                    subtask.restart();
                    all.addAll(reading.take(subtask));
                }
            }
        }
        return all;
    }
}
