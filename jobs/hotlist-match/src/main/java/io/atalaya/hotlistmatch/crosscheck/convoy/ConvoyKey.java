package io.atalaya.hotlistmatch.crosscheck.convoy;

/**
 * The permanent identity of a convoy.
 *
 * @param vehicle which of the entry's vehicles, as in {@link
 *     io.atalaya.hotlistmatch.event.ListedPassage#vehicle()}
 * @param companion packed folded plate
 * @param passageId of the listed vehicle at the first shared device
 * @param time of that passage, device time, epoch ms
 * @param arrival arrival time from which the companion was known there, epoch ms
 * @param provenAt the last of the devices that first made it a convoy
 * @param proven arrival time from which these could be known, epoch ms
 */
record ConvoyKey(
        long vehicle,
        long companion,
        String passageId,
        long time,
        long arrival,
        String provenAt,
        long proven) {}
