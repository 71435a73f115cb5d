package io.atalaya.hotlistmatch.anomaly;

/**
 * One anomaly, and what consumers last saw of it.
 *
 * @param revision last emitted, 0 before the first
 * @param cancelled the last emitted revision took it back
 */
public record AnomalyCase(Anomaly latest, int revision, boolean cancelled) {

    boolean isEmitted() {
        return revision > 0;
    }
}
