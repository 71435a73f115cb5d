package io.atalaya.hotlistmatch.alerting;

/**
 * The last emission of an alert.
 *
 * @param ended whether the entry had ended while the alert was open
 * @param placed whether all its devices were registered
 * @param digest {@link io.atalaya.contracts.alert.AlertCodec#digest} of its contents, before the
 *     status became UPDATED
 */
record LastEmission(long revision, boolean cancelled, boolean ended, boolean placed, int digest) {
    LastEmission withPlaced(boolean isPlaced) {
        return new LastEmission(revision, cancelled, ended, isPlaced, digest);
    }
}
