package io.atalaya.hotlistmatch.crosscheck.convoy;

/**
 * A vehicle that was near a listed vehicle at enough devices.
 *
 * @param company how probable it is that they travel together; null if too few of the shared
 *     passages still hold
 * @param at arrival time of the trip's last fact, epoch ms
 */
record Convoy(ConvoyKey anchor, ConvoyEstimate company, long at) {}
