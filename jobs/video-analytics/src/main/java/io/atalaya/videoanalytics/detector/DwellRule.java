package io.atalaya.videoanalytics.detector;

import io.atalaya.videoanalytics.scene.DurationHistogram;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;

/**
 * Limit above which a dwell is an anomaly: longer than the dwells around that place, and than
 * nearly all in the view.
 *
 * @param minMillis minimum dwell, ms of observed time
 * @param overTypical factor by which a dwell must exceed the typical one
 * @param typicalShare share of all dwells that are longer than the typical one
 * @param typicalFrom number of dwells from which the share is meaningful
 */
public record DwellRule(long minMillis, float overTypical, float typicalShare, float typicalFrom)
        implements Serializable {

    /**
     * How long an object must dwell at its place, in ms.
     *
     * @param seen dwells of its class anywhere in the view
     */
    float needed(
            FrameContext view,
            Track track,
            SceneGrid.StationaryClass kind,
            DurationHistogram seen) {
        float typical = view.scene().grid().maxStayAround(view.standCell(track), kind);
        if (seen.count() >= typicalFrom) {
            typical = Math.max(typical, seen.exceededBy(typicalShare));
        }
        return Math.max(minMillis, overTypical * typical);
    }

    /** The same with another minimum dwell, ms. */
    public DwellRule withMinMillis(long millis) {
        return new DwellRule(millis, overTypical, typicalShare, typicalFrom);
    }
}
