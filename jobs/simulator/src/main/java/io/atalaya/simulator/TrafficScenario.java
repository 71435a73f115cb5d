package io.atalaya.simulator;

/** What can be told about a vehicle. Stories come round in this order. */
enum TrafficScenario {
    STOLEN,
    BENT_PLATE,
    ADDED_LATER,
    MISTAKEN,
    COVERT,
    REMOVED,
    WILDCARD,
    REVISED,
    CONVOY,
    EXPIRING,
    SCOPED,
    WITHDRAWN,
    CLONE,
    FALSE_PLATE,
    NEIGHBOUR,
    LISTED_CLONE
}
