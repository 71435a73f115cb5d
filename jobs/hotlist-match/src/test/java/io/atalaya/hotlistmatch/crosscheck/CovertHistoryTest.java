package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.CovertVersion;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CovertHistoryTest {
    private static final long NOON = 1_800_000_000_000L;

    private CovertHistory history;

    private void version(HotlistEntry entry, long from, long to) {
        history =
                CovertHistory.with(
                        history, new CovertVersion(entry, from, to, RecordPosition.UNKNOWN));
    }

    @Test
    void anEndedVersionDoesNotStartAgain() {
        HotlistEntry entry = CrossCheckFindingOperatorTest.covert("E1", "NKR4816", null, null);
        version(entry, NOON, NOON + 5);
        version(entry, NOON, CovertVersion.IN_FORCE);

        assertThat(history.versions())
                .extracting(CovertVersion::inForceTo)
                .containsExactly(NOON + 5);
    }

    /** The records of one batch share one arrival time. */
    @Test
    void aVersionReplacedWhenItArrivedLeavesItsSuccessorInForce() {
        HotlistEntry old = CrossCheckFindingOperatorTest.covert("E1", "NKR4816", null, null);
        HotlistEntry changed = CrossCheckFindingOperatorTest.covert("E1", "ABC1234", null, null);
        version(old, NOON, CovertVersion.IN_FORCE);
        version(old, NOON, NOON);
        version(changed, NOON, CovertVersion.IN_FORCE);

        assertThat(history.versions())
                .filteredOn(version -> version.inForceTo() == CovertVersion.IN_FORCE)
                .extracting(CovertVersion::entry)
                .containsExactly(changed);
    }

    @Test
    void aVersionRemovedWhenItArrivedCanStartAgain() {
        HotlistEntry entry = CrossCheckFindingOperatorTest.covert("E1", "NKR4816", null, null);
        version(entry, NOON, CovertVersion.IN_FORCE);
        version(entry, NOON, NOON);
        version(entry, NOON, CovertVersion.IN_FORCE);

        assertThat(history.versions())
                .extracting(CovertVersion::inForceTo)
                .containsExactly(CovertVersion.IN_FORCE);
    }
}
