package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * How probable it is that a car travels with a listed vehicle.
 *
 * @param weights that make its log odds, in the order in which they were weighed
 */
record Company(Chain chain, double posterior, List<Weight> weights) {
    Company {
        posterior = Field.number("posterior", posterior, 0, 1);
    }

    /** The same in words. */
    List<Part> parts() {
        return weights.stream().map(Weight::part).toList();
    }
}
