package io.atalaya.cli;

import io.atalaya.cli.broker.TopicsCommand;
import io.atalaya.cli.cluster.ClusterCommand;
import io.atalaya.cli.demo.DemoCommand;
import io.atalaya.cli.disposition.DispositionCommand;
import io.atalaya.cli.evaluate.EvaluateCommand;
import io.atalaya.cli.hotlist.HotlistCommand;
import io.atalaya.cli.model.ModelCommand;
import io.atalaya.cli.replay.ReplayCommand;
import io.atalaya.cli.submit.FlinkCommand;
import io.atalaya.cli.submit.SavepointCommand;
import io.atalaya.cli.submit.SubmitCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.HashMap;
import java.util.Map;

/**
 * The command line: one subcommand for each file in {@code scripts/} that needs no other module.
 */
@Command(
        name = Atalaya.NAME,
        description = "Plate reads against the hot list, from Kafka to alerts.",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            EvaluateCommand.class,
            HotlistCommand.class,
            DispositionCommand.class,
            ModelCommand.class,
            TopicsCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            SavepointCommand.class,
            FlinkCommand.class
        })
public final class Atalaya {
    static final String NAME = "atalaya";

    private Atalaya() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as {@link #main} runs it. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Atalaya());
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        IHelpSectionRenderer synopsis = sections.get(UsageMessageSpec.SECTION_KEY_SYNOPSIS);
        // People start a subcommand by its script.
        sections.put(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                help -> synopsis.render(help).replaceFirst("^" + NAME + " ", "scripts/"));
        line.setHelpSectionMap(sections);
        line.setParameterExceptionHandler(new UsageError());
        return line;
    }
}
