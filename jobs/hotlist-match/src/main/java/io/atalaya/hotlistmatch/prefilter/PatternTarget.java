package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A pattern on the list.
 *
 * @param from arrival time of its entry version, epoch ms
 * @param to arrival time at which it ended, epoch ms, or {@link Long#MAX_VALUE}
 */
public record PatternTarget(MatchTarget listed, long from, long to) {}
