package io.atalaya.hotlistmatch.crosscheck.convoy;

/**
 * A car that was near a listed vehicle at enough arches.
 *
 * @param company how probable it is that they travel together; null: of its arches too few stand
 * @param isNew whether nothing has counted since it was first a convoy
 * @param revision how many facts have counted
 * @param at arrival clock of the last of them
 */
record Convoy(ConvoyKey anchor, ConvoyEstimate company, boolean isNew, long revision, long at) {
    Convoy withRevision(long newRevision) {
        return new Convoy(anchor, company, isNew, newRevision, at);
    }
}
