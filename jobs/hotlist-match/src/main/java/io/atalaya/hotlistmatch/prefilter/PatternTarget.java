package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A pattern on the list.
 *
 * @param from of its entry version, epoch ms
 * @param to when it ended, or {@link Long#MAX_VALUE}
 */
public record PatternTarget(MatchTarget listed, long from, long to) {}
