package io.atalaya.ops.hotlist;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.Count;
import io.atalaya.commandline.ExitCode;
import io.atalaya.commandline.RateLimiter;
import io.atalaya.contracts.hotlist.HotlistEntry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Removes entries from the list: some by id, or all of one agency and source. */
@Command(
        name = "remove",
        sortOptions = false,
        description = {
            "Removes entries; what is open for them ends.",
            "Give either ENTRY_ID..., or --agency, --source and --all."
        },
        exitCodeList = {
            "0:removed",
            "1:some ids are not live, the others are removed",
            "2:nothing was changed: wrong arguments, nothing to remove, or no broker",
            "3:the broker failed on the way, a part may be removed: run it again"
        })
final class RemoveCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ENTRY_ID", arity = "0..*", description = "Entries to remove.")
    private Set<String> entryIds = new LinkedHashSet<>();

    @Option(names = "--agency", paramLabel = "A", description = "With --all: whose list.")
    private String agency;

    @Option(names = "--source", paramLabel = "S", description = "With --all: which list.")
    private String source;

    @Option(names = "--all", description = "The whole list of --agency and --source.")
    private boolean all;

    @Mixin private BrokerOptions broker;

    @Override
    public Integer call() {
        boolean byId = !entryIds.isEmpty() && !all && agency == null && source == null;
        boolean byList = entryIds.isEmpty() && all && agency != null && source != null;
        if (!byId && !byList) {
            throw new ParameterException(
                    spec.commandLine(),
                    "remove: expected either ENTRY_ID... or --agency A --source S --all");
        }
        return broker.run(client -> remove(new HotlistTopic(client)));
    }

    private int remove(HotlistTopic topic) throws InterruptedException {
        LiveHotlist live = topic.read();
        List<String> found = all ? idsOf(new Origin(agency, source), live.entries()) : known(live);
        topic.publish(found.stream().map(Change::remove).toList(), RateLimiter.DEFAULT_PER_SECOND);
        spec.commandLine()
                .getOut()
                .println("Removed " + Count.of(found.size(), "entry", "entries") + ".");
        if (found.isEmpty()) {
            return ExitCode.NOTHING_DONE;
        }
        return !all && found.size() < entryIds.size() ? ExitCode.SOME_REJECTED : ExitCode.OK;
    }

    private static List<String> idsOf(Origin origin, Map<String, HotlistEntry> live) {
        return live.entrySet().stream()
                .filter(entry -> origin.isOriginOf(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Of a damaged entry the jobs can have a version that the topic no longer has. */
    private List<String> known(LiveHotlist live) {
        Predicate<String> isKnown =
                id -> live.entries().containsKey(id) || live.damaged().contains(id);
        entryIds.stream()
                .filter(isKnown.negate())
                .forEach(
                        id ->
                                spec.commandLine()
                                        .getErr()
                                        .println("ENTRY_ID: " + id + " is not live"));
        return entryIds.stream().filter(isKnown).toList();
    }
}
