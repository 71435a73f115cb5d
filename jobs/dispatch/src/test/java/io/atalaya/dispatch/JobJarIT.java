package io.atalaya.dispatch;

import io.atalaya.testutils.JobJar;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class JobJarIT {
    @Test
    void bringsWhatADistributionDoesNotAndNothingElse() throws IOException {
        JobJar.check(
                new DispatchJob(),
                List.of("schemas/incidents.schema.json", "policy/shipped/policy.yaml"),
                List.of("models/"));
    }
}
