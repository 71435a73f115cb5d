package io.atalaya.contracts.alert;

import java.util.List;

/** What an alert rests on, so that a person can judge it: a kind for each {@link AlertType}. */
public sealed interface Evidence
        permits HotlistEvidence,
                CloneEvidence,
                MismatchEvidence,
                ConvoyEvidence,
                CameraEvidence,
                FaultEvidence {

    /** The readIds folded in. */
    default List<String> reads() {
        return List.of();
    }

    /** Where images of them are kept. */
    default List<String> images() {
        return List.of();
    }

    /** What the score is made of, in the order in which it was weighed. */
    default List<HotlistEvidence.Part> parts() {
        return List.of();
    }
}
