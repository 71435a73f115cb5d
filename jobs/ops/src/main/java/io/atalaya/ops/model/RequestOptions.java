package io.atalaya.ops.model;

import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.model.ModelControl;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.function.UnaryOperator;

/** Common options of all model requests, as a picocli mixin. */
@Command(
        exitCodeList = {
            "0:requested",
            "2:wrong arguments, or no broker",
            "3:stopped or failed while publishing: it may be requested"
        })
final class RequestOptions {
    /** The models whose version can be requested. */
    static final List<String> MODELS = List.of(TrackEmbedding.NAME, SceneActivityNetwork.MODEL);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "NAME", description = "trajectory or scene-activity.")
    private String model;

    @Option(
            names = "--requested-by",
            defaultValue = "${sys:user.name}",
            paramLabel = "WHO",
            description = "Who requests it (default: the user of this computer).")
    private String requestedBy;

    @Option(names = "--purpose", paramLabel = "WHY", description = "Why.")
    private String purpose;

    @Mixin private BrokerOptions broker;

    /**
     * Publishes a change of the versions in force.
     *
     * @return the exit code
     */
    int request(UnaryOperator<Versions> change) {
        if (!MODELS.contains(model)) {
            throw wrong("NAME: got " + model + ", expected one of " + MODELS);
        }
        return broker.run(client -> request(new ModelTopics(client), change));
    }

    private int request(ModelTopics topics, UnaryOperator<Versions> change)
            throws InterruptedException {
        Versions wanted =
                change.apply(
                        Versions.inForce(
                                model,
                                topics.read().getOrDefault(model, List.of()),
                                topics.answers()));
        topics.publish(control(wanted));
        command.commandLine()
                .getOut()
                .printf(
                        "Requested: %s, %s. scripts/model list says whether it is accepted.%n",
                        model, wanted);
        return ExitCode.OK;
    }

    private ModelControl control(Versions wanted) {
        try {
            return new ModelControl(
                    model,
                    wanted.active(),
                    wanted.shadow(),
                    requestedBy,
                    purpose,
                    System.currentTimeMillis());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
