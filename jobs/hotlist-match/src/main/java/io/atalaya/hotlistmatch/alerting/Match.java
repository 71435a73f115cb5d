package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.Score;

/**
 * A read, of a plate or of a tag alone, that is held to be the listed vehicle.
 *
 * @param tag that was weighed, or null
 * @param known since when the match could be known: the later of the read's arrival and the entry's
 * @param retrospective the read arrived before the entry did
 */
record Match(
        PassageRead read,
        TagAssignment tag,
        VersionInterval interval,
        long known,
        boolean retrospective,
        Score score,
        Alert.Action action) {}
