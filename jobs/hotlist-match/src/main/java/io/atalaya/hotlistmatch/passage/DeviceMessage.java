package io.atalaya.hotlistmatch.passage;

/** What a device sends: a plate read, or the read of a tag. */
public sealed interface DeviceMessage permits Sighting, TagArrival {
    String deviceId();

    /** When Kafka received it, epoch ms. */
    long arrival();
}
