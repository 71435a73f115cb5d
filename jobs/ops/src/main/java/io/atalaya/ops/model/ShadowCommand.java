package io.atalaya.ops.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Requests a version as shadow beside the active one. */
@Command(
        name = "shadow",
        sortOptions = false,
        description = {
            "Runs a version beside the active one. It learns as the active one does, and raises nothing; how far the two"
                    + " agree is in the metrics and in the log of the job.",
        })
final class ShadowCommand implements Callable<Integer> {
    @Mixin private RequestOptions request;

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "Its directory under the model's, where the job looks for models.")
    private String version;

    @Override
    public Integer call() {
        return request.request(last -> new Versions(last.active(), version));
    }
}
