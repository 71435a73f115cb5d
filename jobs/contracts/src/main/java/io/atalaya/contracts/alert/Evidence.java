package io.atalaya.contracts.alert;

import java.util.List;

/** The reasons for an alert, for a person to check; each {@link AlertType} has its kind. */
public sealed interface Evidence
        permits HotlistEvidence,
                CloneEvidence,
                MismatchEvidence,
                ConvoyEvidence,
                CameraEvidence,
                FaultEvidence {

    /** The readIds that the alert combines. */
    default List<String> reads() {
        return List.of();
    }

    /** Where the images of those reads are stored. */
    default List<String> images() {
        return List.of();
    }

    /** The summands of the score, in the order of evaluation. */
    default List<ScoreContribution> parts() {
        return List.of();
    }
}
