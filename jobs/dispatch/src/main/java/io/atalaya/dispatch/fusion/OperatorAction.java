package io.atalaya.dispatch.fusion;

import java.util.Set;

/**
 * What a person decided about an incident. It holds against every rule. An incident is named by its
 * first event, whose id it bears.
 */
public sealed interface OperatorAction {
    String actionId();

    /** Arrival time, epoch ms. */
    long time();

    /** The event that the incident is named after. */
    String founder();

    /** Two incidents are one. */
    record Merge(String actionId, long time, String founder, String other)
            implements OperatorAction {}

    /** Some events of the incident are another one. */
    record Split(String actionId, long time, String founder, Set<String> eventIds)
            implements OperatorAction {
        public Split {
            eventIds = Set.copyOf(eventIds);
        }
    }

    record Close(String actionId, long time, String founder) implements OperatorAction {}

    record Reopen(String actionId, long time, String founder) implements OperatorAction {}
}
