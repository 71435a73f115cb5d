package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;

import java.util.List;

/** Decides after each frame whether the open episodes of a detector go on or end. */
final class EpisodeEnd {
    private static final String CONDITION_OVER = "its condition no longer holds";

    private EpisodeEnd() {}

    /** Condition under which an object in view keeps its episode open; it updates the measures. */
    @FunctionalInterface
    interface Condition {
        boolean holds(FrameContext view, Episode episode, Track track);
    }

    /**
     * Keeps each open episode of a type open while one of its objects meets the condition, or is
     * hidden and may appear again.
     *
     * @param calm quiet time after which the episode ends, ms of observed time
     */
    static void updateOpen(FrameContext view, AlertType type, Condition condition, long calm) {
        List<Episode> open = view.episodes().open();
        for (int i = open.size() - 1; i >= 0; i--) {
            Episode episode = open.get(i);
            if (episode.type() == type) {
                boolean isMet = isMet(view, episode, condition);
                boolean mayLast = isMet || isAnyHidden(view, episode);
                updateOrEnd(view, episode, isMet, mayLast ? Long.MAX_VALUE : calm);
            }
        }
    }

    /**
     * Whether one of its objects is not detected but still followed: it would be found as alerted
     * already, so its episode must not end before its track does.
     */
    private static boolean isAnyHidden(FrameContext view, Episode episode) {
        for (int i = 0; i < episode.members().size(); i++) {
            Track track = view.tracks().byNumber(episode.members().get(i));
            if (track != null && !view.isDetected(track) && track.detectorState().isInOpenAlert) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMet(FrameContext view, Episode episode, Condition condition) {
        boolean isMet = false;
        for (int i = 0; i < episode.members().size(); i++) {
            Track track = view.tracks().byNumber(episode.members().get(i));
            if (track != null
                    && view.isDetected(track)
                    && track.detectorState().isInOpenAlert
                    && condition.holds(view, episode, track)) {
                episode.name(track.ids());
                episode.show(track);
                isMet = true;
            }
        }
        return isMet;
    }

    /**
     * Updates an episode, or ends it after its quiet time.
     *
     * @param lasts whether its condition holds in this frame
     * @param calm quiet time after which the episode ends, ms of observed time
     */
    static void updateOrEnd(FrameContext view, Episode episode, boolean lasts, long calm) {
        if (lasts) {
            episode.onObserved(view.deviceTime());
            view.episodes().update(episode, view.deviceTime());
        } else if (episode.quietMillis(view.live()) >= calm) {
            view.episodes().end(episode, CONDITION_OVER);
        }
    }

    /**
     * Updates the open episode of a type until its quiet time is over.
     *
     * @param calm quiet time after which the episode ends, ms of observed time
     */
    static void updateUntilQuiet(FrameContext view, AlertType type, long calm) {
        Episode episode = view.episodes().first(type);
        if (episode != null) {
            if (episode.quietMillis(view.live()) >= calm) {
                view.episodes().end(episode, CONDITION_OVER);
            } else {
                view.episodes().update(episode, view.deviceTime());
            }
        }
    }

    /** Ends the episodes of zones that no longer exist, because no detector would end them. */
    static void endWithoutZone(FrameContext view, AlertType type, Zone.Kind kind) {
        List<Episode> open = view.episodes().open();
        for (int i = open.size() - 1; i >= 0; i--) {
            Episode episode = open.get(i);
            if (episode.type() == type && !isDrawn(view, episode.zoneId(), kind)) {
                view.episodes().end(episode, "its zone was removed");
            }
        }
    }

    private static boolean isDrawn(FrameContext view, String zoneId, Zone.Kind kind) {
        for (int i = 0; i < view.zones().size(); i++) {
            if (view.zones().get(i).kind() == kind && view.zones().get(i).zoneId().equals(zoneId)) {
                return true;
            }
        }
        return false;
    }
}
