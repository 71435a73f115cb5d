package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.simulator.dispatch.TrueIncident;

import java.util.List;

/**
 * A day as one policy dispatched it.
 *
 * @param name of the policy, for people
 */
record DispatchRun(String name, DispatchLog log, DispatchFigures figures) {
    /**
     * @param truth empty if it is not known
     */
    DispatchRun(String name, DispatchLog log, List<TrueIncident> truth) {
        this(name, log, DispatchScorer.score(log, truth));
    }
}
