package io.atalaya.ops.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Requests the end of the shadow version. */
@Command(
        name = "stop-shadow",
        sortOptions = false,
        description = {"Ends what runs in shadow. The active version stays."})
final class StopShadowCommand implements Callable<Integer> {
    @Mixin private RequestOptions request;

    @Override
    public Integer call() {
        return request.request(last -> new Versions(last.active(), null));
    }
}
