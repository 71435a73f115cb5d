package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.OperatorAction;

/** What of the incident engine is kept in {@link IncidentStore}. */
public enum Section {
    EVIDENCE(Evidence.class),
    ACTION(OperatorAction.class),
    MUTE(Mute.class);

    private final Class<?> type;

    Section(Class<?> type) {
        this.type = type;
    }

    /** Of the section's values. */
    public Class<?> type() {
        return type;
    }
}
