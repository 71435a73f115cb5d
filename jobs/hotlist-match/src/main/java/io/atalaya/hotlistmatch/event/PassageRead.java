package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;

/** A passage as one device read it: by its plate or by its tag. */
public sealed interface PassageRead extends PassageEvent permits EnrichedRead, TagAssignment {
    String readId();

    /** Arrival time (Kafka timestamp), epoch ms. */
    long arrivalTime();

    /** Device time, epoch ms. */
    long deviceTime();

    /** The device's clock ran ahead, so its time was replaced by the arrival time. */
    boolean isClockSuspect();

    /** Or null. */
    Compass direction();

    /** The text of the plate; for a tag, the plate that it is registered for, or null. */
    String plateText();

    /** The plate read, or null for a tag. */
    PlateRead plateRead();
}
