package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.Field;

/**
 * The numbers by which something is unusual.
 *
 * @param modelVersion whose judgement it is
 * @param score the higher the more unusual; its scale is the model's
 * @param perDay how many as high a day of this camera brings
 * @param allowance the bar: below so many a day it was told
 * @param pValue share of this camera's scores that are as high
 * @param realisedPerDay alerts a day of this camera and model so far
 * @param days over which that is
 */
record AnomalyEvidence(
        String modelVersion,
        double score,
        double perDay,
        double allowance,
        double pValue,
        double realisedPerDay,
        double days) {

    AnomalyEvidence {
        score = Field.finite("score", score);
        perDay = Field.finite("perDay", perDay);
        allowance = Field.finite("allowance", allowance);
        pValue = Field.number("pValue", pValue, 0, 1);
        realisedPerDay = Field.finite("realisedPerDay", realisedPerDay);
        days = Field.finite("days", days);
    }

    /** Of a judgement that is rare, and so has a score and a rate. */
    static AnomalyEvidence of(String modelVersion, AnomalyScore anomalyScore) {
        return new AnomalyEvidence(
                modelVersion,
                anomalyScore.score().orElseThrow(),
                anomalyScore.verdict().perDay().orElseThrow(),
                anomalyScore.verdict().allowance(),
                anomalyScore.verdict().pValue(),
                anomalyScore.realisedPerDay(),
                anomalyScore.days());
    }

    /** Of a rarer span of the same: the bar that decided stays. */
    AnomalyEvidence worse(AnomalyEvidence rarer) {
        return new AnomalyEvidence(
                rarer.modelVersion,
                rarer.score,
                rarer.perDay,
                allowance,
                rarer.pValue,
                rarer.realisedPerDay,
                rarer.days);
    }
}
