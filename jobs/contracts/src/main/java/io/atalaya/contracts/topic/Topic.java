package io.atalaya.contracts.topic;

import java.util.Map;
import java.util.Set;

/**
 * A topic of an installation.
 *
 * @param key the id by which its records are keyed
 * @param isPartitioned whether it may have several partitions; otherwise it has one
 * @param settings of the topic, in addition to the broker's defaults
 */
public record Topic(
        String name,
        String key,
        boolean isPartitioned,
        Map<String, String> settings,
        Set<Account> readers,
        Set<Account> writers) {

    /** The number of its partitions, given that of a topic which may have several. */
    public int partitions(int several) {
        return isPartitioned ? several : 1;
    }

    /** The same topic with other settings. */
    public Topic withSettings(Map<String, String> other) {
        return new Topic(name, key, isPartitioned, other, readers, writers);
    }

    /**
     * The resource with the JSON schema of its records; null for dead letters, which hold the bytes
     * of any record.
     */
    public String schema() {
        return switch (name) {
            case Topics.DEAD_LETTER -> null;
            case Topics.DISPATCH_TOLUCA, Topics.DISPATCH_ECATEPEC ->
                    "/schemas/dispatch.schema.json";
            default -> "/schemas/" + name + ".schema.json";
        };
    }
}
