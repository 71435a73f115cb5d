package io.atalaya.dispatch.seeded;

import org.apache.flink.api.common.functions.MapFunction;

/** Violates the rule that operators have a logger. */
public final class SilentOperator implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String map(String value) {
        return value;
    }
}
