package io.atalaya.videoanalytics.seeded;

import org.apache.flink.configuration.Configuration;

/** Breaks the rule that decisions know no Flink, so that the rule can be seen to notice. */
public final class DecisionOnFlink {
    private DecisionOnFlink() {}

    public static Configuration configuration() {
        return new Configuration();
    }
}
