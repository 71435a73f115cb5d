package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * The probability that a vehicle travels with a listed vehicle.
 *
 * @param chain the shared passages
 * @param posterior 0..1
 * @param parts contributions to its log-odds, in order of evaluation
 */
record ConvoyEstimate(SharedPassages chain, double posterior, List<ScoreContribution> parts) {
    ConvoyEstimate {
        posterior = Field.number("posterior", posterior, 0, 1);
    }
}
