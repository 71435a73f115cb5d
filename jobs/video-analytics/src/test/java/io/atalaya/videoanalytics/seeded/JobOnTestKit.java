package io.atalaya.videoanalytics.seeded;

import io.atalaya.testkit.EmbeddedKafka;

/** Breaks a rule: a job that needs the test kit. */
public final class JobOnTestKit {
    String brokers(EmbeddedKafka kafka) {
        return kafka.bootstrapServers();
    }
}
