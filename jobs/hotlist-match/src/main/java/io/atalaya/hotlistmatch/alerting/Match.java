package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.Score;

/**
 * A read, of a plate or of a tag alone, that matches the listed vehicle.
 *
 * @param tag that was evaluated, or null
 * @param known arrival time from which the match could be known, epoch ms: the later of the read's
 *     and the entry's
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
