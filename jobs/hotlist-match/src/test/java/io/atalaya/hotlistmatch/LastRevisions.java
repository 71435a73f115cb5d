package io.atalaya.hotlistmatch;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertJson;
import io.atalaya.alert.AlertType;
import io.atalaya.alert.HotlistEvidence;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a run ended: what a consumer is left with, who keeps each alert's highest revision.
 *
 * @param last by alertId
 * @param corrected alerts that may have been corrected on the way, which took numbers too: all that
 *     are about no entry, and those of an entry some alert of which spoke of a tag
 */
record LastRevisions(Map<String, Alert> last, Set<String> corrected) {

    /**
     * @param sent every message, in order
     */
    static LastRevisions of(List<Alert> sent) {
        Map<String, Alert> last = new TreeMap<>();
        Set<String> entriesWithTags = new HashSet<>();
        Set<String> corrected = new HashSet<>();
        for (Alert alert : sent) {
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() > a.revision() ? b : a);
            if (alert.evidence() instanceof HotlistEvidence evidence && evidence.tag() != null) {
                entriesWithTags.add(alert.subject().entryId());
            }
            if (alert.type() != AlertType.HOTLIST_MATCH) {
                corrected.add(alert.alertId());
            }
        }
        last.values().stream()
                .filter(alert -> entriesWithTags.contains(alert.subject().entryId()))
                .forEach(alert -> corrected.add(alert.alertId()));
        return new LastRevisions(last, corrected);
    }

    /**
     * That two runs which were told the same in different orders end alike: every alert's last
     * revision is the same, {@code detectedAt} aside. What was sent before all was known, and taken
     * back, may be there in one run and not in the other. Where something was corrected, its number
     * may be higher.
     */
    void assertEndsLike(LastRevisions expected) {
        Set<String> anyNumber = new HashSet<>(corrected);
        anyNumber.addAll(expected.corrected);
        Map<String, String> mine = said(anyNumber);
        Map<String, String> theirs = expected.said(anyNumber);
        assertThat(differing(mine, theirs)).isEqualTo(differing(theirs, mine));
    }

    private Map<String, String> said(Set<String> anyNumber) {
        Map<String, String> said = new TreeMap<>();
        last.forEach((id, alert) -> said.put(id, said(alert, anyNumber.contains(id))));
        return said;
    }

    private static String said(Alert alert, boolean anyNumber) {
        int revision = anyNumber ? 1 : alert.revision();
        byte[] json = AlertJson.write(alert.as(alert.status(), revision).detectedAt(0));
        return alert.at() + " " + new String(json, StandardCharsets.UTF_8);
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
