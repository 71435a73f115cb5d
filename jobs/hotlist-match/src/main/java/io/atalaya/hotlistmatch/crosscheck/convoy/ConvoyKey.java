package io.atalaya.hotlistmatch.crosscheck.convoy;

/**
 * What identifies a convoy for good.
 *
 * @param vehicle which of the entry's vehicles
 * @param companion packed folded plate
 * @param passageId of the listed vehicle at the first shared arch
 * @param time of that passage, epoch ms
 * @param arrival since when the car was known there, arrival clock
 * @param provenAt device of the last of the arches that first made it a convoy
 * @param proven since when they could be known, arrival clock
 */
record ConvoyKey(
        long vehicle,
        long companion,
        String passageId,
        long time,
        long arrival,
        String provenAt,
        long proven) {}
