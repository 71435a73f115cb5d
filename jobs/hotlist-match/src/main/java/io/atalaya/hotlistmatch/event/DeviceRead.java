package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.Traceable;

/** What a device sends: a plate read, or the read of a tag. */
public sealed interface DeviceRead extends Traceable permits EnrichedRead, EnrichedTagRead {
    String deviceId();

    /** When Kafka received it, epoch ms. */
    long arrival();
}
