package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * Evidence that a vehicle carries the plate or the tag of another vehicle.
 *
 * @param reads readIds of the plate read and of the tag read
 * @param images where the plate read's image is stored
 * @param read the plate read
 * @param tag the tag read of the same passage
 * @param parts of the score, in the order of evaluation
 */
public record MismatchEvidence(
        List<String> reads,
        List<String> images,
        HotlistEvidence.Read read,
        HotlistEvidence.Tag tag,
        List<ScoreContribution> parts)
        implements Evidence {

    public MismatchEvidence {
        reads = Field.texts("reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        parts = Field.list("parts", parts, AlertCodec.MAX_LIST);
    }
}
