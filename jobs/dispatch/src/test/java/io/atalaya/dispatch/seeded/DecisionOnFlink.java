package io.atalaya.dispatch.seeded;

import org.apache.flink.configuration.Configuration;

/** Breaks the rule that decision code must not use Flink, to prove that the rule detects it. */
public final class DecisionOnFlink {
    private DecisionOnFlink() {}

    public static Configuration configuration() {
        return new Configuration();
    }
}
