package io.atalaya.alert;

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
    List<String> reads();

    /** Where images of them are kept. */
    List<String> images();

    /** What the score is made of, in the order in which it was weighed. */
    List<HotlistEvidence.Part> parts();
}
