package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.Field;

/**
 * The numbers behind an anomaly.
 *
 * @param modelVersion version of the model that scored it
 * @param score the higher the more unusual; its scale is the model's
 * @param perDay rate of scores at least as high at this camera, per day
 * @param allowance rate per day below which it was an alert
 * @param pValue share of this camera's scores that are at least as high
 * @param realisedPerDay alerts per day of this camera and model so far
 * @param days number of days behind that rate
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

    /** Evidence of a rare score, which has a score and a rate. */
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

    /**
     * Takes the numbers of a rarer interval of the same episode, but keeps the allowance that
     * decided.
     */
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
