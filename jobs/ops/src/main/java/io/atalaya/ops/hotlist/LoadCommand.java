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

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Makes one list in the topic equal to a file, by publishing the difference. */
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Makes the list of one agency and source equal to FILE: publishes what is new, changed or"
                    + " gone, and nothing else. Entries of other agencies and sources stay as they"
                    + " are.",
            "",
            "FILE is UTF-8: CSV with a header row (commas, semicolons or tabs), a JSON array, or JSON lines. Fields are"
                    + " those of topic hotlist; in CSV, nested ones are columns make, model, color,"
                    + " type, sites, devices, directions, lists are separated by ; or commas, and Spanish headers"
                    + " are known (placa, patron, motivo, carpeta, marca, modelo, estado, prioridad,"
                    + " vigencia_desde, vigencia_hasta, encubierto, avisar, …). So are Spanish reasons,"
                    + " makes, colors, types and states (ROBADO, VW, gris, camioneta, Edo. Méx.); the"
                    + " report names what is not known. Agency and source are"
                    + " those of the options, whatever the file says. Without an entryId an entry is"
                    + " known by its plate (or pattern, tagId) and case number.",
            "",
            "A rejected line is reported and left out; a live entry that it may mean stays in force.",
        },
        exitCodeList = {
            "0:loaded",
            "1:some lines were rejected, the rest is loaded",
            "2:nothing was changed: wrong arguments, an unusable file, no broker, or --force is needed",
            "3:the broker failed on the way, a part may be loaded: run it again"
        })
final class LoadCommand implements Callable<Integer> {
    static final String DEFAULT_ZONE = "America/Mexico_City";

    private static final int SHOWN_REJECTED = 100;
    private static final int MAX_NAME = 128;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The whole list, as CSV or JSON.")
    private Path file;

    @Option(names = "--agency", required = true, paramLabel = "A", description = "Whose list.")
    private String agency;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "S",
            description = "Which of the agency's lists.")
    private String source;

    @Option(names = "--dry-run", description = "Only says what would change.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description =
                    "Loads, and removes, even if a line cannot be read, if the file lists nothing, if"
                            + " more than half of its lines are rejected, or if more than half of a"
                            + " list of over 10 entries would be removed: a truncated export must"
                            + " not empty a list.")
    private boolean force;

    @Option(
            names = "--zone",
            defaultValue = DEFAULT_ZONE,
            paramLabel = "ZONE",
            description =
                    "Of CSV dates and times without an offset (default: ${DEFAULT-VALUE}). A day"
                            + " alone is valid whole.")
    private ZoneId zone;

    @Mixin private BrokerOptions broker;

    @Option(
            names = "--rate",
            defaultValue = "" + RateLimiter.DEFAULT_PER_SECOND,
            paramLabel = "N",
            description =
                    "Entries published a second, at most (default: ${DEFAULT-VALUE}). The jobs take"
                            + " the list in order: the pace keeps a live change from queueing long"
                            + " behind a bulk load.")
    private int rate;

    @Override
    public Integer call() {
        requireName("--agency", agency);
        requireName("--source", source);
        if (rate < 1) {
            throw wrong("--rate: got " + rate + ", expected at least 1");
        }
        Origin origin = new Origin(agency, source);
        HotlistFile listed;
        try {
            listed = HotlistFile.read(file, origin, zone, System.currentTimeMillis());
        } catch (HotlistFileException e) {
            err().println("Nothing was changed: " + e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
        return broker.run(client -> load(listed, origin, new HotlistTopic(client)));
    }

    private int load(HotlistFile listed, Origin origin, HotlistTopic topic)
            throws InterruptedException {
        LiveHotlist live = topic.read();
        EntryDiff diff = diff(listed, live, origin);
        List<RejectedLine> rejected = rejected(listed, diff);
        report(listed, rejected, live, diff);
        if (!force) {
            String doubt = reasonToAsk(listed, rejected, diff);
            if (doubt != null) {
                err().println(
                                "Nothing was changed: "
                                        + doubt
                                        + ". Use --force to load the file anyway.");
                return ExitCode.NOTHING_DONE;
            }
        }
        if (dryRun) {
            out().println("Dry run: nothing was published.");
        } else {
            topic.publish(changes(diff), rate);
            out().println("Published " + Count.of(diff.size(), "change", "changes") + ".");
        }
        return rejected.isEmpty() ? ExitCode.OK : ExitCode.SOME_REJECTED;
    }

    /** Without removals if an unreadable line may mean one of the removed entries. */
    private EntryDiff diff(HotlistFile listed, LiveHotlist live, Origin origin) {
        EntryDiff diff =
                EntryDiff.between(live, listed.entries(), listed.meantByRejected(), origin);
        if (force || !listed.hasUnparsed() || diff.removed().isEmpty()) {
            return diff;
        }
        err().println(
                        "Held back: "
                                + Count.of(diff.removed().size(), "removal", "removals")
                                + ", as a line that cannot be read may be about any entry; --force"
                                + " removes.");
        return diff.withoutRemovals();
    }

    /** Malformed lines, and entries whose id is live in another list. */
    private static List<RejectedLine> rejected(HotlistFile listed, EntryDiff diff) {
        return Stream.concat(
                        listed.rejected().stream(),
                        diff.foreign().stream()
                                .map(
                                        entry ->
                                                new RejectedLine(
                                                        listed.lines().get(entry.entryId()),
                                                        "entryId: got \""
                                                                + entry.entryId()
                                                                + "\", expected an id that is not"
                                                                + " live in another agency's or"
                                                                + " source's list",
                                                        null)))
                .sorted(Comparator.comparingLong(RejectedLine::line))
                .toList();
    }

    private void report(
            HotlistFile listed, List<RejectedLine> rejected, LiveHotlist live, EntryDiff diff) {
        listed.remarks().forEach(out()::println);
        rejected.stream()
                .limit(SHOWN_REJECTED)
                .forEach(r -> err().println(file + ":" + r.line() + ": " + r.reason()));
        if (rejected.size() > SHOWN_REJECTED) {
            err().println(
                            "… and "
                                    + Count.of(
                                            rejected.size() - SHOWN_REJECTED,
                                            "rejected line",
                                            "rejected lines")
                                    + " more");
        }
        if (live.unreadable() > 0) {
            err().println(
                            Count.of(live.unreadable(), "record", "records")
                                    + " of the topic that can be read as no entry: passed over");
        }
        out().printf(
                        "Agency %s, source %s: %,d live. %,d to add, %,d to change, %,d to remove,"
                                + " %,d unchanged, %s rejected.%n",
                        agency,
                        source,
                        diff.owned(),
                        diff.added().size(),
                        diff.changed().size(),
                        diff.removed().size(),
                        diff.unchanged(),
                        Count.of(rejected.size(), "line", "lines"));
    }

    /** The reason why the file is probably broken, or null. */
    private static String reasonToAsk(
            HotlistFile listed, List<RejectedLine> rejected, EntryDiff diff) {
        int taken = listed.entries().size() - diff.foreign().size();
        if (rejected.isEmpty() && taken == 0) {
            return "the file lists no entry, as after a failed export";
        }
        if (rejected.size() > taken) {
            return String.format(
                    "%,d of %,d lines are rejected", rejected.size(), rejected.size() + taken);
        }
        if (diff.isProbablyTruncated()) {
            return String.format(
                    "%,d of %,d live entries would be removed, as after a truncated export",
                    diff.removed().size(), diff.owned());
        }
        return null;
    }

    /** Removals first, because they end alerts about people; then by falling priority. */
    private static List<Change> changes(EntryDiff diff) {
        List<Change> changes = new ArrayList<>(diff.size());
        diff.removed().forEach(entry -> changes.add(Change.remove(entry.entryId())));
        Stream.concat(diff.added().stream(), diff.changed().stream())
                .sorted(Comparator.comparingInt(HotlistEntry::priority).reversed())
                .forEach(entry -> changes.add(Change.put(entry)));
        return changes;
    }

    private void requireName(String option, String value) {
        if (value.isBlank() || value.length() > MAX_NAME) {
            throw wrong(option + ": got \"" + value + "\", expected 1 to 128 characters");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
