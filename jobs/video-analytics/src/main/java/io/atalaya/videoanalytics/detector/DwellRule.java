package io.atalaya.videoanalytics.detector;

import io.atalaya.videoanalytics.scene.DurationHistogram;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;

/**
 * From when on a stay is unusual: longer than those around that place, and than nearly all in the
 * picture.
 *
 * @param least below which no stay is worth a word, ms on the live clock
 * @param overUsual by what factor a stay must exceed what is usual
 * @param usualShare stays longer than usual, as a share of all
 * @param usualFrom stays that must have been seen before the share means anything
 */
public record DwellRule(long least, float overUsual, float usualShare, float usualFrom)
        implements Serializable {

    /**
     * How long a thing must stand where it stands, in ms.
     *
     * @param seen how long its kind has stayed anywhere in the picture
     */
    float needed(FrameContext view, Track track, SceneGrid.Stay kind, DurationHistogram seen) {
        float usual = view.scene().grid().longestStayAround(view.standCell(track), kind);
        if (seen.count() >= usualFrom) {
            usual = Math.max(usual, seen.exceededBy(usualShare));
        }
        return Math.max(least, overUsual * usual);
    }

    /** The same with another least stay, ms. */
    public DwellRule least(long millis) {
        return new DwellRule(millis, overUsual, usualShare, usualFrom);
    }
}
