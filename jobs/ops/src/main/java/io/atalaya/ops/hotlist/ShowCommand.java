package io.atalaya.ops.hotlist;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.Count;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Shows the entries in force. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Shows the entries that fit every option given.",
        exitCodeList = {"0:shown, also if nothing fits", "2:wrong arguments, or no broker"})
final class ShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--agency", paramLabel = "A", description = "Of this agency.")
    private String agency;

    @Option(names = "--source", paramLabel = "S", description = "Of this list.")
    private String source;

    @Option(names = "--entry-id", paramLabel = "ID", description = "With this id.")
    private String entryId;

    @Option(
            names = "--plate",
            paramLabel = "P",
            description = "For this plate, however it is spaced; patterns that fit it, too.")
    private String plate;

    @Option(
            names = "--covert",
            description =
                    "Covert entries as well, and the ids of malformed records, which can be covert.")
    private boolean covert;

    @Option(names = "--json", description = "One JSON object a line, as in the topic.")
    private boolean json;

    @Option(
            names = "--zone",
            defaultValue = LoadCommand.DEFAULT_ZONE,
            paramLabel = "ZONE",
            description = "Of the times in the table (default: ${DEFAULT-VALUE}).")
    private ZoneId zone;

    @Mixin private BrokerOptions broker;

    @Override
    public Integer call() {
        if (plate != null && !CanonicalPlate.isPlate(plate)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--plate: got \""
                            + plate
                            + "\", expected 1 to "
                            + CanonicalPlate.MAX_LENGTH
                            + " letters and digits");
        }
        return broker.read(client -> show(new HotlistTopic(client)));
    }

    private int show(HotlistTopic topic) {
        LiveHotlist live = topic.read();
        List<HotlistEntry> entries =
                live.entries().values().stream()
                        .filter(wanted())
                        .sorted(
                                Comparator.comparing(HotlistEntry::agency)
                                        .thenComparing(
                                                HotlistEntry::source,
                                                Comparator.nullsFirst(Comparator.naturalOrder()))
                                        .thenComparing(HotlistEntry::entryId))
                        .toList();
        if (covert) {
            warn(live);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            entries.forEach(
                    e ->
                            out.println(
                                    new String(
                                            HotlistEntryCodec.write(e), StandardCharsets.UTF_8)));
        } else {
            new EntryTable(out, zone).print(entries);
            // Always the same words, because even a count would reveal covert entries.
            out.printf(
                    "%s.%s%n",
                    Count.of(entries.size(), "entry", "entries"),
                    covert ? "" : " Covert entries show with --covert only.");
        }
        out.flush();
        return ExitCode.OK;
    }

    /** Of such a record neither the agency nor the plate is known. */
    private void warn(LiveHotlist live) {
        live.damaged().stream()
                .filter(id -> entryId == null || entryId.equals(id))
                .sorted()
                .forEach(
                        id ->
                                spec.commandLine()
                                        .getErr()
                                        .println(
                                                "Warning: the newest record of "
                                                        + id
                                                        + " is malformed; the version before it"
                                                        + " can be in force. Load it again or"
                                                        + " remove it."));
    }

    private Predicate<HotlistEntry> wanted() {
        return entry ->
                (covert || !entry.covert())
                        && (agency == null || agency.equals(entry.agency()))
                        && (source == null || source.equals(entry.source()))
                        && (entryId == null || entryId.equals(entry.entryId()))
                        && (plate == null || names(entry));
    }

    private boolean names(HotlistEntry entry) {
        long canonical = CanonicalPlate.pack(plate);
        if (entry.plate() != null && CanonicalPlate.pack(entry.plate()) == canonical) {
            return true;
        }
        if (entry.pattern() == null) {
            return false;
        }
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(canonical, symbols);
        return PlatePattern.compile(entry.pattern(), false).matches(symbols, length);
    }
}
