package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.commandline.TextTable;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code scripts/evaluate dispatch-goals}: whether dispatch reaches its goals on days of seeds. */
@Command(
        name = "dispatch-goals",
        sortOptions = false,
        description = {
            "Runs simulated days through the rules of dispatch, each with its covert entries"
                    + " and without, and checks: pairwise F1 of at least 0.98, no vehicle merged"
                    + " with something else, every incident of priority 90 or more at the right"
                    + " site within 2 s of its first evidence, budgets held, one owner of each"
                    + " accepted incident, and no open incident changed by a covert entry."
        },
        exitCodeList = {
            "0:all reached",
            "1:some missed, each printed",
            "2:wrong arguments, or an invalid policy"
        })
public final class EvaluateDispatchGoalsCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int MISSED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "POLICY_DIR",
            description = "The policy, for example policy.")
    private Path policyDirectory;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of a day; may be repeated (default: 1).")
    private List<Long> seeds = new ArrayList<>();

    @Mixin private SimulatedDay day;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TextTable table =
                TextTable.ofNumbers(
                        "seed",
                        "incidents",
                        "pairs F1",
                        "B-cubed F1",
                        "grave ms",
                        "sent twice",
                        "missed goals");
        List<String> missed = new ArrayList<>();
        try {
            for (long seed : seeds.isEmpty() ? List.of(1L) : seeds) {
                Policy policy = PolicyReader.read(policyDirectory);
                DispatchGoals.Result result = DispatchGoals.check(day.options(seed), policy);
                DispatchFigures figures = result.run().figures();
                table.row(
                        List.of(
                                Long.toString(seed),
                                Integer.toString(figures.incidents()),
                                decimal(figures.grouping().pairs().f1()),
                                decimal(figures.grouping().bCubed().f1()),
                                Long.toString(figures.delays().grave().max()),
                                Integer.toString(figures.handover().sentTwice()),
                                Integer.toString(result.missed().size())));
                result.missed().forEach(each -> missed.add("seed " + seed + ": " + each));
            }
        } catch (IllegalArgumentException | InvalidPolicyException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return WRONG_INPUT;
        } catch (IOException e) {
            spec.commandLine().getErr().println("--policy: cannot be read: " + e);
            return WRONG_INPUT;
        }
        table.print(out);
        missed.forEach(out::println);
        out.flush();
        return missed.isEmpty() ? OK : MISSED;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
