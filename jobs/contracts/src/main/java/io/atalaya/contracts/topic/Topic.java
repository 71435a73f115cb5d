package io.atalaya.contracts.topic;

import java.util.Map;
import java.util.Set;

/**
 * A topic of an installation.
 *
 * @param key what its records are keyed by
 * @param isPartitioned whether it may have several partitions; else it has one
 * @param settings of the topic, beside the broker's defaults
 */
public record Topic(
        String name,
        String key,
        boolean isPartitioned,
        Map<String, String> settings,
        Set<Account> readers,
        Set<Account> writers) {}
