package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;

/** A passage as one reader saw it: by its plate, or by its tag. */
public sealed interface PassageRead extends PassageEvent permits EnrichedRead, TagAssignment {
    String readId();

    /** When Kafka received the read, epoch ms. */
    long arrival();

    /** The device's clock, epoch ms. */
    long time();

    /** The device's clock ran ahead, its time was replaced by arrival. */
    boolean clockSuspect();

    /** Or null. */
    Compass direction();

    /** The text of the plate, or the plate that the tag is registered for, or null. */
    String plateText();

    /** The plate read, or null for a tag. */
    PlateRead plateRead();
}
