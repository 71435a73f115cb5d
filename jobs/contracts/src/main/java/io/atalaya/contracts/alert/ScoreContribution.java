package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Text;

/**
 * One summand of a score.
 *
 * @param name stable key, for example {@code characters}
 * @param logOdds natural logarithm of the likelihood ratio; positive favours the alert
 */
public record ScoreContribution(String name, double logOdds, Text text) {
    public ScoreContribution {
        Field.text("evidence.parts.name", name, 1, AlertCodec.MAX_NAME);
        logOdds =
                Field.number(
                        "evidence.parts.logOdds",
                        logOdds,
                        -EvidenceCodec.MAX_LOG_ODDS,
                        EvidenceCodec.MAX_LOG_ODDS);
        AlertCodec.check("evidence.parts", text);
    }
}
