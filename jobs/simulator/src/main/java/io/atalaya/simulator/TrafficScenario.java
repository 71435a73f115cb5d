package io.atalaya.simulator;

/** Kinds of scenario, used in turn in this order. */
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
