package io.atalaya.hotlistmatch.crosscheck.convoy;

/**
 * A vehicle that was near a listed vehicle at enough devices.
 *
 * @param company how probable it is that they travel together; null if too few of the shared
 *     passages still hold
 * @param isNew whether no fact has counted since it first was a convoy
 * @param revision number of facts that count
 * @param at arrival time of the last of them, epoch ms
 */
record Convoy(ConvoyKey anchor, ConvoyEstimate company, boolean isNew, long revision, long at) {
    Convoy withRevision(long newRevision) {
        return new Convoy(anchor, company, isNew, newRevision, at);
    }
}
