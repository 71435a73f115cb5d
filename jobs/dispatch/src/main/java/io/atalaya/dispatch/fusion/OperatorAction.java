package io.atalaya.dispatch.fusion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.util.Set;

/**
 * What a person decided about an incident. It holds against every rule. An incident is named by its
 * first event, whose id it bears.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = OperatorAction.Merge.class, name = "MERGE"),
    @JsonSubTypes.Type(value = OperatorAction.Split.class, name = "SPLIT"),
    @JsonSubTypes.Type(value = OperatorAction.Close.class, name = "CLOSE"),
    @JsonSubTypes.Type(value = OperatorAction.Reopen.class, name = "REOPEN")
})
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
