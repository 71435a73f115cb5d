package io.atalaya.lab.evaluate;

import io.atalaya.lab.evaluate.dispatch.EvaluateDispatchCityCommand;
import io.atalaya.lab.evaluate.dispatch.EvaluateDispatchCommand;
import io.atalaya.lab.evaluate.dispatch.EvaluateDispatchGoalsCommand;
import io.atalaya.lab.evaluate.hotlist.EvaluateHotlistCommand;
import io.atalaya.lab.evaluate.series.EvaluateSensorsCommand;
import io.atalaya.lab.evaluate.series.EvaluateSeriesCommand;
import io.atalaya.lab.evaluate.tracks.EvaluateTracksCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/evaluate}: scores what the jobs found against what they had to find. */
@Command(
        name = "evaluate",
        description = "Scores what the jobs emitted against a known truth.",
        subcommands = {
            EvaluateAlertsCommand.class,
            EvaluateHotlistCommand.class,
            EvaluateTracksCommand.class,
            EvaluateCityCommand.class,
            EvaluatePlatesCommand.class,
            EvaluateSeriesCommand.class,
            EvaluateSensorsCommand.class,
            EvaluateBudgetCommand.class,
            EvaluateDispatchCityCommand.class,
            EvaluateDispatchCommand.class,
            EvaluateDispatchGoalsCommand.class
        })
public final class EvaluateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "evaluate: got no subcommand, expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
