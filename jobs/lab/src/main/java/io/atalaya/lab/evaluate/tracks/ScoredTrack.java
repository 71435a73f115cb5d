package io.atalaya.lab.evaluate.tracks;

import java.util.Map;

/**
 * A track and how unusual it is in its scene.
 *
 * @param score in robust deviations of the scene's scores, 0 at the median; the ranking uses it
 * @param inTimeOrder the same against only the tracks that ended earlier; null for the first ones
 *     of a scene
 * @param baselines scores of the baselines
 */
record ScoredTrack(
        RecordedTrack track, double score, Double inTimeOrder, Map<Baseline, Double> baselines) {}
