package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.score.MatchTarget;

import java.util.List;

/** Contribution of a read's OCR result to its score. */
final class OcrContribution {
    private static final String NAME = "second-opinion";

    private OcrContribution() {}

    /**
     * The contribution; empty if there is no OCR result, or if it is about another plate that the
     * entry had.
     */
    static List<ScoreContribution> of(PassageRead read, MatchTarget listed) {
        if (!(read instanceof EnrichedRead enrichedRead)
                || enrichedRead.ocrResult() == null
                || enrichedRead.ocrResult().plate() != listed.plate()) {
            return List.of();
        }
        OcrResult ocrResult = enrichedRead.ocrResult();
        return List.of(new ScoreContribution(NAME, ocrResult.logOdds(), ocrResult.message()));
    }
}
