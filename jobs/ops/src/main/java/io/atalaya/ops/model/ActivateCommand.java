package io.atalaya.ops.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Requests a version as the active one. */
@Command(
        name = "activate",
        sortOptions = false,
        description = {
            "Makes a version the one that raises alerts. If it ran in shadow it goes on with what it has learned of each"
                    + " camera, and nothing runs in shadow any more; otherwise it gets to know the cameras first.",
            "The one that was active is not forgotten: what it has learned is kept until a third version is requested.",
        })
final class ActivateCommand implements Callable<Integer> {
    @Mixin private RequestOptions request;

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "Its directory under the model's, where the job looks for models.")
    private String version;

    @Override
    public Integer call() {
        return request.request(
                last ->
                        new Versions(
                                version, version.equals(last.shadow()) ? null : last.shadow()));
    }
}
