package io.atalaya.lab.evaluate.tracks;

import java.util.Map;

/**
 * A track and how unusual it is in its scene.
 *
 * @param score in robust deviations of the scene's scores, 0 the median; by which tracks are ranked
 * @param inTimeOrder the same, against nothing but the tracks that ended before it; null for the
 *     first ones of a scene
 * @param baselines what plain rules say of it
 */
record ScoredTrack(
        RecordedTrack track, double score, Double inTimeOrder, Map<Baseline, Double> baselines) {}
