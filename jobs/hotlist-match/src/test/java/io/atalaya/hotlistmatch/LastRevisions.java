package io.atalaya.hotlistmatch;

import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** How two runs that were told the same in different orders have to end, by alertId. */
final class LastRevisions {
    private LastRevisions() {}

    /**
     * Every alert's last revision is the same. What was sent before all was known, and taken back,
     * may be there in one run and not in the other.
     */
    static void assertEndAlike(Map<String, String> actual, Map<String, String> expected) {
        assertThat(differing(actual, expected)).isEqualTo(differing(expected, actual));
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
