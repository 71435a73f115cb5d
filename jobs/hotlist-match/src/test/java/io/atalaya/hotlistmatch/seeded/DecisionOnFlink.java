package io.atalaya.hotlistmatch.seeded;

import org.apache.flink.api.common.state.ValueState;

import java.io.IOException;

/** Violates a rule: decision logic that reads Flink state itself. */
public final class DecisionOnFlink {
    private final ValueState<Integer> state;

    DecisionOnFlink(ValueState<Integer> state) {
        this.state = state;
    }

    boolean isKnown() throws IOException {
        return state.value() != null;
    }
}
