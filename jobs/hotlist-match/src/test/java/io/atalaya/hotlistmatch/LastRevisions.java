package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The result of a run as seen by a consumer that keeps each alert's highest revision.
 *
 * @param last by alertId
 */
record LastRevisions(Map<String, Alert> last) {

    /**
     * @param sent every message, in order
     */
    static LastRevisions of(List<Alert> sent) {
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : sent) {
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return new LastRevisions(last);
    }

    /**
     * Asserts that two runs with the same facts in different orders have the same result: the last
     * revision of every alert is equal, ignoring {@code detectedAt} and the revision number. An
     * alert that was emitted early and cancelled may exist in one run only. Revision numbers are
     * ignored, because corrections, as of tags and of alerts without entry, increment them too.
     */
    void assertEndsLike(LastRevisions expected) {
        Map<String, String> mine = said();
        Map<String, String> theirs = expected.said();
        assertThat(differing(mine, theirs)).isEqualTo(differing(theirs, mine));
    }

    private Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        last.forEach((id, alert) -> said.put(id, said(alert)));
        return said;
    }

    private static String said(Alert alert) {
        byte[] json = AlertCodec.write(alert.as(alert.status(), 1).withDetectedAt(0));
        return alert.causedAt() + " " + new String(json, StandardCharsets.UTF_8);
    }

    private static Map<String, String> differing(
            Map<String, String> alerts, Map<String, String> others) {
        Map<String, String> differing = new TreeMap<>(alerts);
        differing
                .entrySet()
                .removeIf(
                        alert -> {
                            String other = others.get(alert.getKey());
                            return alert.getValue().equals(other)
                                    || (isTakenBack(alert.getValue())
                                            && (other == null || isTakenBack(other)));
                        });
        return differing;
    }

    private static boolean isTakenBack(String alert) {
        return alert.contains("\"status\":\"CANCELLED\"");
    }
}
