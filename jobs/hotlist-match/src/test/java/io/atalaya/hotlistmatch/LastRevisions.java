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
public record LastRevisions(Map<String, Alert> last) {

    /**
     * @param sent every message, in order
     */
    public static LastRevisions of(List<Alert> sent) {
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : sent) {
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return new LastRevisions(last);
    }

    /**
     * Asserts that two runs with the same facts in different orders have the same result: the last
     * revision of every alert has equal contents, that is, everything but {@code revision}, {@code
     * detectedAt} and whether the alert is NEW or UPDATED. An alert that was emitted early and
     * cancelled may exist in one run only.
     */
    public void assertEndsLike(LastRevisions expected) {
        Map<String, String> mine = said();
        Map<String, String> theirs = expected.said();
        assertThat(differing(mine, theirs)).isEqualTo(differing(theirs, mine));
    }

    /** The contents of each alert, by alertId. */
    public Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        last.forEach((id, alert) -> said.put(id, said(alert)));
        return said;
    }

    /** The contents of an alert. */
    public static String said(Alert alert) {
        Alert.Status status =
                alert.status() == Alert.Status.NEW ? Alert.Status.UPDATED : alert.status();
        byte[] json = AlertCodec.write(alert.as(status, 1).withDetectedAt(0));
        return new String(json, StandardCharsets.UTF_8);
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
                                    || (isCancelled(alert.getValue())
                                            && (other == null || isCancelled(other)));
                        });
        return differing;
    }

    private static boolean isCancelled(String alert) {
        return alert.contains("\"status\":\"CANCELLED\"");
    }
}
