package io.atalaya.lab.evaluate;

import io.atalaya.simulator.CharacterRates;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.Roadside;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.camera.CameraPlan.Rare;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code scripts/evaluate city}: writes a simulated day as a recording with its ground truth. */
@Command(
        name = "city",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate city --out DIR [--reads N] [--entries N] [--minutes N]"
                        + " [--cameras N] [--camera-hours N] [--camera-incidents N]"
                        + " [--camera-unusual N] [--seed N] [--confusions FILE]",
        synopsisHeading = "",
        description = {
            "Writes a simulated day of the sample city as scripts/replay takes it: devices, hotlist,"
                    + " plate-reads and rfid-reads (.jsonl.gz), and truth.json beside them. The same"
                    + " arguments give the same bytes.",
            "",
            "Each character is misread as often as the table of confusions has it; make, color and"
                    + " type are right in 93 %% each; 70 %% of the cars carry a tag, read 95 %% of the"
                    + " time. About one trip in 125 is part of a story: wanted, cloned, in a convoy,"
                    + " under a false plate, or the innocent neighbour of a listed plate.",
            "",
            "With --cameras also camera-frames, two a second of each: streets, signals and squares"
                    + " from 7:00 on, in which after the first half hour something happens every"
                    + " quarter of an hour. In the calm between, people intrude where a zone is drawn"
                    + " (some cameras look at a school's yard or a prison's fence), and now and then"
                    + " something unusual happens that no rule knows: truth.json names its kind."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:DIR cannot be written",
            "2:wrong arguments, or a table that cannot be read (file and row)"
        })
final class EvaluateCityCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    /** Fixed, so that the same arguments give the same bytes: Tuesday, 3 March 2026, 7:00 local. */
    private static final long START = 1_772_542_800_000L;

    /** A story has about five passages, so stories make up half a per cent of the reads. */
    private static final double STORIES_PER_READ = 0.001;

    /**
     * Minutes without episodes, because a camera must learn its scene before it can detect
     * anomalies.
     */
    private static final int QUIET_MINUTES = 30;

    /** Per camera with a zone. */
    private static final double INTRUSIONS_PER_HOUR = 1;

    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the files go; made if it is missing.")
    private Path out;

    @Option(
            names = "--reads",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "About how many cars pass, 1000 to 20000000 (default: ${DEFAULT-VALUE}).")
    private long reads;

    @Option(
            names = "--entries",
            defaultValue = "200000",
            paramLabel = "N",
            description =
                    "Entries on the list beside those of the stories, 0 to 5000000 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--minutes",
            defaultValue = "1440",
            paramLabel = "N",
            description =
                    "How long the reads take, 5 to 10080 (default: ${DEFAULT-VALUE}). For fewer"
                            + " reads take fewer, or the roads are empty.")
    private int minutes;

    @Option(
            names = "--cameras",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Cameras that film from the start on, 0 to 1000 (default: ${DEFAULT-VALUE})."
                            + " One writes some 2 MB an hour.")
    private int cameras;

    @Option(
            names = "--camera-hours",
            defaultValue = "2",
            paramLabel = "N",
            description = "How long each films, 1 to 168 (default: ${DEFAULT-VALUE}).")
    private int cameraHours;

    @Option(
            names = "--camera-incidents",
            defaultValue = "4",
            paramLabel = "N",
            description =
                    "What a rule can find, before each camera an hour, 0 to 60 (default:"
                            + " ${DEFAULT-VALUE}).")
    private double episodesPerHour;

    @Option(
            names = "--camera-unusual",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "What only a model can find, before each camera a day, 0 to 240"
                            + " (default: ${DEFAULT-VALUE}): a U-turn, erratic driving, a car off"
                            + " the road, a street that empties.")
    private double unusualPerDay;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Another number, another city (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--confusions",
            paramLabel = "FILE",
            description =
                    "Counts of how characters were read, CSV with truth_char, read_char, count; - is"
                            + " none. Without it the rates that the score itself assumes.")
    private Path confusions;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() {
        List<String> faults = new ArrayList<>();
        check(faults, "--reads", reads, 1_000, 20_000_000);
        check(faults, "--entries", entries, 0, 5_000_000);
        check(faults, "--minutes", minutes, 5, 10_080);
        check(faults, "--cameras", cameras, 0, 1_000);
        check(faults, "--camera-hours", cameraHours, 1, 168);
        check(faults, "--camera-incidents", episodesPerHour, 0, 60);
        check(faults, "--camera-unusual", unusualPerDay, 0, 240);
        if (!faults.isEmpty()) {
            return wrong(String.join("\n", faults));
        }
        City city;
        try {
            CharacterRates rates =
                    confusions == null
                            ? CharacterRates.assumedByScore()
                            : CharacterRates.ofCounts(confusions);
            city = SampleCity.generate(options(rates));
        } catch (IllegalArgumentException e) {
            return wrong(e.getMessage());
        } catch (IOException e) {
            return wrong("--confusions: " + confusions + ": cannot be read: " + e);
        }
        try {
            long written = RecordingWriter.write(city, out);
            spec.commandLine()
                    .getOut()
                    .printf(Locale.ROOT, "%,d records written to %s%n", written, out);
            spec.commandLine().getOut().flush();
            return OK;
        } catch (IOException e) {
            spec.commandLine().getErr().println("--out: " + out + ": cannot be written: " + e);
            return FAILED;
        }
    }

    private CityOptions options(CharacterRates rates) {
        return CityOptions.defaults(seed, START)
                .withMinutes(minutes)
                .withReadsPerSecond(reads / (minutes * 60.0))
                .withHotlistSize(entries)
                .withScenariosPerMinute(reads * STORIES_PER_READ / minutes)
                .withPassages(PassagesKept.NOTABLE)
                .withRoadside(Roadside.measured(rates))
                .withCameras(
                        new CameraPlan(cameras, 0, QUIET_MINUTES, cameraHours * 60, episodesPerHour)
                                .with(new Rare(unusualPerDay, INTRUSIONS_PER_HOUR)));
    }

    private int wrong(String faults) {
        spec.commandLine().getErr().println(faults);
        return WRONG_INPUT;
    }

    private static void check(
            List<String> faults, String option, Number value, long from, long to) {
        if (!(value.doubleValue() >= from && value.doubleValue() <= to)) {
            faults.add(option + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
