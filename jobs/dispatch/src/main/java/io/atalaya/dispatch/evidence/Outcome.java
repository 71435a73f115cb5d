package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.dispatch.Decision;

/** What becomes of a message of a source. */
public sealed interface Outcome {
    /** A version of some evidence. */
    record Accepted(Evidence evidence) implements Outcome {}

    /**
     * What its source said before does not count, whatever it was.
     *
     * @param revision above that of what it retracts
     */
    record Retracted(String eventId, long revision) implements Outcome {}

    /**
     * It is no evidence, and the decision says why.
     *
     * @param withdrawn withdraws an earlier version of it, which may not exist; null where there
     *     cannot be one
     */
    record Suppressed(Decision decision, Evidence withdrawn) implements Outcome {}
}
