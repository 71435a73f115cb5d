package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.passage.PlateEvent;

/**
 * One element of a folded plate's sightings.
 *
 * @param plate packed canonical text under which the event came
 */
public record Row(long plate, PlateEvent event) {}
