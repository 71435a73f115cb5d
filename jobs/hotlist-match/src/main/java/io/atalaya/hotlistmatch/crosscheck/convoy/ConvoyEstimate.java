package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * How probable it is that a car travels with a listed vehicle.
 *
 * @param weights that make its log odds, in the order in which they were weighed
 */
record ConvoyEstimate(SharedPassages chain, double posterior, List<ConvoyContribution> weights) {
    ConvoyEstimate {
        posterior = Field.number("posterior", posterior, 0, 1);
    }

    /** The same in words. */
    List<Part> parts() {
        return weights.stream().map(ConvoyContribution::part).toList();
    }
}
