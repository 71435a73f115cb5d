package io.atalaya.campaign;

import io.atalaya.commandline.Scripts;
import io.atalaya.simulator.recording.GeneratedCities;
import io.atalaya.simulator.recording.RecordingException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code scripts/campaign}: runs the steps of all jobs through many generated worlds. */
@Command(
        name = "scripts/campaign",
        sortOptions = false,
        description = {
            "Drives the steps of all jobs, as they are wired, through many made worlds in one process, and"
                    + " checks after each what must always hold: nothing is thrown, every number is finite,"
                    + " every output is valid by its schema, revisions rise, every alert that opened ends,"
                    + " nothing is kept of keys that are gone, and no key is larger than it may be.",
            "",
            "The world of a seed is the sample city, a city of random objects and plates, or a recording"
                    + " (--recordings, --sumo), most of them changed: tracks that jump and freeze, wrong clocks,"
                    + " broken messages, entries and devices that come and go. The same options make the same"
                    + " worlds.",
            "",
            "A finding is written to --out as a recording that shows it, as small as could be found in"
                    + " --shrink time; --recording runs one again, and so does scripts/replay."
        },
        exitCodeList = {
            "0:nothing found",
            "1:findings",
            "2:wrong arguments, or a malformed recording"
        })
public final class CampaignCommand implements Callable<Integer> {
    private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    @Spec private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "A-B",
            description = "The seeds of the worlds (default: 1-20, with --hours 1 and up).")
    private String seeds;

    @Option(
            names = "--hours",
            paramLabel = "H",
            description = "How long to go on, such as 0.5 (default: until the last seed).")
    private Double hours;

    @Option(
            names = "--recordings",
            arity = "1..*",
            paramLabel = "DIR",
            description = "Recordings, as scripts/replay takes them, to make worlds of too.")
    private List<Path> recordings = new ArrayList<>();

    @Option(
            names = "--sumo",
            paramLabel = "SCRIPT",
            description =
                    "A generator of recordings, called with --seed N --out DIR, to make worlds of too;"
                            + " left out with a message where it is missing.")
    private Path sumo;

    @Option(names = "--short", description = "Small worlds: some seconds each and less.")
    private boolean isShort;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "campaign-findings",
            description = "Where findings go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--shrink",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "How long a finding is made smaller, of a core (default: ${DEFAULT-VALUE}).")
    private int shrink;

    @Option(
            names = "--recording",
            paramLabel = "DIR",
            description = "Runs one recording, such as a finding, instead of a campaign.")
    private Path recording;

    public static void main(String[] args) {
        System.exit(Scripts.commandLine(new CampaignCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter print = spec.commandLine().getOut();
        Campaign campaign = new Campaign(out, Duration.ofSeconds(shrink), print::println);
        try {
            if (recording != null) {
                campaign.run(FoundRecording.read(recording));
            } else {
                run(campaign, print);
            }
        } catch (RecordingException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        print.println(campaign.figures().occurrences());
        print.println(campaign.summary());
        print.flush();
        return campaign.hasFindings() ? 1 : 0;
    }

    private void run(Campaign campaign, PrintWriter print) throws Exception {
        long first = 1;
        long last = hours == null ? 20 : Long.MAX_VALUE;
        if (seeds != null) {
            Matcher range = SEEDS.matcher(seeds);
            if (!range.matches()
                    || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
                throw new ParameterException(
                        spec.commandLine(), "--seeds: got " + seeds + ", expected such as 1-100");
            }
            first = Long.parseLong(range.group(1));
            last = Long.parseLong(range.group(2));
        }
        if (hours != null && !(hours > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--hours: got " + hours + ", expected more than 0");
        }
        GeneratedCities cities = null;
        if (sumo != null && Files.exists(sumo)) {
            Files.createDirectories(out);
            cities = new GeneratedCities(sumo, Files.createTempDirectory("campaign-sumo"));
        } else if (sumo != null) {
            print.println("--sumo: " + sumo + " is missing: no worlds are made of it");
        }
        Worlds worlds = new Worlds(recordings, cities, isShort);
        long until = hours == null ? Long.MAX_VALUE : (long) (hours * 3.6e12);
        long start = System.nanoTime();
        for (long seed = first; seed <= last && System.nanoTime() - start < until; seed++) {
            campaign.run(seed, worlds.of(seed));
            print.flush();
        }
    }
}
