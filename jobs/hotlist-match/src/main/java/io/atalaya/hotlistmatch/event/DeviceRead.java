package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.Traceable;

/** A message of a device: a plate read or a tag read. */
public sealed interface DeviceRead extends Traceable permits EnrichedRead, EnrichedTagRead {
    String deviceId();

    /** Arrival time (Kafka timestamp), epoch ms. */
    long arrivalTime();
}
