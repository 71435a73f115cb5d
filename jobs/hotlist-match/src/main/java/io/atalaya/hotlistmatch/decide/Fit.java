package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.Alert;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.score.Score;

/**
 * A read that is held to be the listed vehicle.
 *
 * @param known since when the match could be known: the later of the read's arrival and the entry's
 * @param retrospective the read arrived before the entry did
 */
record Fit(
        Sighting read,
        Span span,
        long known,
        boolean retrospective,
        Score score,
        Alert.Action action) {}
