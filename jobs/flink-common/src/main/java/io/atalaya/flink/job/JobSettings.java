package io.atalaya.flink.job;

import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaSettings;

/** The settings that every job has. */
public interface JobSettings {
    KafkaSettings kafka();

    BulkheadSettings bulkhead();
}
