package io.atalaya.hotlistmatch.seeded;

import io.atalaya.embedded.EmbeddedKafka;

/** Violates a rule: a job that depends on the embedded broker and cluster. */
public final class JobOnEmbedded {
    String brokers(EmbeddedKafka kafka) {
        return kafka.bootstrapServers();
    }
}
