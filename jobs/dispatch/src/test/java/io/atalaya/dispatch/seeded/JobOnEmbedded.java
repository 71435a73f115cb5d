package io.atalaya.dispatch.seeded;

import io.atalaya.embedded.EmbeddedKafka;

/** Breaks a rule: a job that needs the embedded broker and cluster. */
public final class JobOnEmbedded {
    String brokers(EmbeddedKafka kafka) {
        return kafka.bootstrapServers();
    }
}
