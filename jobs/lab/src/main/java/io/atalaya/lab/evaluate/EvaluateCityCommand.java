package io.atalaya.lab.evaluate;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.evaluate.camera.CameraFigures;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.score.FiguresTable;
import io.atalaya.lab.replay.ReplayRun;
import io.atalaya.simulator.CharacterRates;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.Roadside;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.camera.CameraPlan.EpisodeRates;
import io.atalaya.simulator.condition.Conditions;
import io.atalaya.simulator.condition.Degradation;
import io.atalaya.simulator.recording.GeneratedCities;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** {@code scripts/evaluate city}: writes a simulated day as a recording with its ground truth. */
@Command(
        name = "city",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate city --out DIR [--reads N] [--entries N] [--minutes N]"
                        + " [--cameras N] [--camera-hours N] [--camera-incidents N]"
                        + " [--camera-unusual N] [--seed N] [--confusions FILE]"
                        + " [--conditions LIST [--recording DATA_DIR | --seeds N..M"
                        + " [--generator SCRIPT] [--missed]]]",
        synopsisHeading = "",
        description = {
            "Writes a simulated day of the sample city as a recording for scripts/replay:"
                    + " devices, hotlist, plate-reads and rfid-reads (.jsonl.gz), with truth.json."
                    + " The same arguments give the same bytes.",
            "",
            "Characters are misread at the rates of the table of confusions. Make, color"
                    + " and type are right in 93 %% each. 70 %% of the vehicles carry a tag, which"
                    + " is read 95 %% of the time. About one trip in 125 is part of a story: a"
                    + " wanted vehicle, a cloned plate, a convoy, a false plate, or a vehicle whose"
                    + " plate is similar to a listed one.",
            "",
            "--cameras adds camera-frames, two per second and camera, of streets, signals"
                    + " and squares from 7:00 on. After half an hour an episode happens every"
                    + " quarter of an hour. In between, people enter zones (a school's yard, a"
                    + " prison's fence), and anomalies happen that no rule detects; truth.json"
                    + " names their kind.",
            "",
            "--conditions writes the day once for each of them, replays it, and prints what"
                    + " was found and what was false by type and condition. --recording takes any"
                    + " recording with a truth.json instead of a simulated day.",
            "",
            "--seeds runs only the cameras, of several cities together, through the camera"
                    + " job's rule detectors in this process, without Kafka. --generator takes the"
                    + " cities of an external script with --seed and --out instead of simulated"
                    + " ones; they are kept in DIR."
        },
        exitCodeList = {
            "0:written",
            "1:DIR cannot be written, or a job failed",
            "2:wrong arguments, or a file that cannot be read (file and row)",
            "130:stopped by Ctrl-C"
        })
final class EvaluateCityCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int PARALLELISM = 2;
    private static final int CAMERAS_OF_A_CITY = 6;
    private static final int MAX_CITIES = 1_000;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

    /** Fixed, so that the same arguments give the same bytes: Tuesday, 3 March 2026, 7:00 local. */
    private static final long START = 1_772_542_800_000L;

    /** A story has about five passages, so stories make up half a per cent of the reads. */
    private static final double STORIES_PER_READ = 0.001;

    /** For what the simulator can: 0.1 reads a second, and 120 stories a minute. */
    private static final long MIN_READS_PER_MINUTE = 6;

    private static final long MAX_READS_PER_MINUTE = 120_000;

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
            description = "Directory for the files; it is created if missing.")
    private Path out;

    @Option(
            names = "--reads",
            defaultValue = "1000000",
            paramLabel = "N",
            description =
                    "Approximate number of plate reads, 1000 to 20000000, and 6 to 120000 per"
                            + " minute of --minutes (default: ${DEFAULT-VALUE}).")
    private long reads;

    @Option(
            names = "--entries",
            defaultValue = "200000",
            paramLabel = "N",
            description =
                    "Entries on the list besides those of the stories, 0 to 5000000"
                            + " (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--minutes",
            defaultValue = "1440",
            paramLabel = "N",
            description =
                    "Duration of the reads, 5 to 10080 (default: ${DEFAULT-VALUE}). Use a"
                            + " shorter one for fewer reads, because the roads are empty otherwise.")
    private int minutes;

    @Option(
            names = "--cameras",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Cameras, 0 to 1000 (default: ${DEFAULT-VALUE}). Each writes about 2"
                            + " MB per hour.")
    private int cameras;

    @Option(
            names = "--camera-hours",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "Hours of frames of each camera, 1 to 168 (default:" + " ${DEFAULT-VALUE}).")
    private int cameraHours;

    @Option(
            names = "--camera-incidents",
            defaultValue = "4",
            paramLabel = "N",
            description =
                    "Episodes that a rule can detect, per camera and hour, 0 to 60"
                            + " (default: ${DEFAULT-VALUE}).")
    private double episodesPerHour;

    @Option(
            names = "--camera-unusual",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "Anomalies that only a model can detect, per camera and day, 0 to 240"
                            + " (default: ${DEFAULT-VALUE}): a U-turn, erratic driving, a vehicle"
                            + " off the road, a street that empties.")
    private double unusualPerDay;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the city (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--confusions",
            paramLabel = "FILE",
            description =
                    "Counts of how characters were read: CSV with truth_char, read_char,"
                            + " count; - is none. Without it the rates that the score itself"
                            + " assumes.")
    private Path confusions;

    @Option(
            names = "--conditions",
            split = ",",
            paramLabel = "LIST",
            description =
                    "Conditions, separated by commas: clear, night, rain, wind, crowded,"
                            + " poor-tracker. night+rain is both at once, clear:night+rain is one"
                            + " after the other in equal parts of the day.")
    private List<String> conditions = List.of();

    @Option(
            names = "--recording",
            paramLabel = "DATA_DIR",
            description = "With --conditions: a recording to degrade instead of a simulated day.")
    private Path recording;

    @Option(
            names = "--seeds",
            paramLabel = "N..M",
            description =
                    "With --conditions: the cities of these seeds, and of them only the cameras"
                            + " (default: --cameras 6).")
    private String seeds;

    @Option(
            names = "--generator",
            paramLabel = "SCRIPT",
            description = "With --seeds: a Python script that generates the cities.")
    private Path generator;

    @Option(
            names = "--missed",
            description = "With --seeds: list each missed anomaly and each false alert.")
    private boolean missed;

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
        if (faults.isEmpty() && seeds == null && recording == null) {
            check(
                    faults,
                    "--reads with --minutes " + minutes,
                    reads,
                    MIN_READS_PER_MINUTE * minutes,
                    MAX_READS_PER_MINUTE * minutes);
        }
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        if (recording != null && conditions.isEmpty()) {
            return wrong("--recording: got no --conditions to degrade it by");
        }
        List<Long> cities = seeds == null ? List.of() : range();
        if (seeds != null && (conditions.isEmpty() || cities.isEmpty())) {
            return wrong(
                    "--seeds: got "
                            + seeds
                            + ", expected N..M, N at most M and at most "
                            + MAX_CITIES
                            + " of them, with --conditions");
        }
        if (seeds != null && recording != null) {
            return wrong("--recording: got it with --seeds, expected one of them");
        }
        if (seeds == null && (generator != null || missed)) {
            return wrong("--generator, --missed: got no --seeds to run");
        }
        try {
            if (seeds != null) {
                return compareCities(cities);
            }
            return conditions.isEmpty() ? write() : compare();
        } catch (IllegalArgumentException | UnreadableInputException | RecordingException e) {
            return wrong(e.getMessage());
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return FAILED;
        } catch (IOException e) {
            spec.commandLine().getErr().println("--out: " + out + ": cannot be written: " + e);
            return FAILED;
        }
    }

    private int write() throws IOException {
        long written = RecordingWriter.write(SampleCity.generate(options(rates())), out);
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%,d records written to %s%n", written, out);
        spec.commandLine().getOut().flush();
        return OK;
    }

    /** Runs the day under each of the conditions and prints what was found. */
    private int compare() throws IOException {
        PrintWriter said = spec.commandLine().getOut();
        List<Conditions> all = conditions.stream().map(Conditions::parse).toList();
        ConditionsTable table = new ConditionsTable();
        for (Conditions each : all) {
            Path data = out.resolve(each.name().replace(":", "-then-"));
            said.println("Under " + each.name() + ":");
            if (recording == null) {
                RecordingWriter.write(
                        SampleCity.generate(options(rates()).withConditions(each)), data);
            } else {
                degrade(each, data);
            }
            Path replayed = data.resolve("replay");
            int code =
                    ReplayRun.ofAlerts(data, replayed, PARALLELISM)
                            .run(said, spec.commandLine().getErr());
            if (code != ReplayRun.OK) {
                return code;
            }
            table.add(
                    each.name(),
                    InputFiles.truth(data.resolve("truth.json")),
                    InputFiles.alerts(replayed.resolve("alerts.jsonl")));
        }
        said.println();
        table.print(said);
        said.flush();
        return OK;
    }

    /** Runs the cameras of several cities under each of the conditions. */
    private int compareCities(List<Long> cities) throws IOException {
        List<Conditions> all = conditions.stream().map(Conditions::parse).toList();
        CityTrials trials = new CityTrials(all);
        Files.createDirectories(out);
        List<CameraScorer> scorers =
                generator == null
                        ? trials.ofSimulated(cities, this::camerasAlone)
                        : trials.ofGenerated(cities, new GeneratedCities(generator, out));
        PrintWriter said = spec.commandLine().getOut();
        ConditionsTable table = new ConditionsTable();
        for (int i = 0; i < all.size(); i++) {
            CameraFigures figures = scorers.get(i).figures();
            table.add(all.get(i).name(), figures);
            if (missed) {
                said.println("Under " + all.get(i).name() + ":");
                FiguresTable.printList("missed", figures.missed(), said);
                FiguresTable.printList("false", figures.falseOnes(), said);
            }
        }
        table.print(said);
        said.flush();
        return OK;
    }

    /** The seeds; empty if they are no range, or too many. */
    private List<Long> range() {
        Matcher range = RANGE.matcher(seeds);
        if (!range.matches()) {
            return List.of();
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        return last - first < MAX_CITIES
                ? LongStream.rangeClosed(first, last).boxed().toList()
                : List.of();
    }

    private CityOptions camerasAlone(long citySeed) {
        int some = cameras == 0 ? CAMERAS_OF_A_CITY : cameras;
        return CityOptions.defaults(citySeed, START)
                .withMinutes(1)
                .withReadsPerSecond(0.1)
                .withHotlistSize(0)
                .withScenariosPerMinute(0)
                .withCameras(cameraPlan(some));
    }

    private CameraPlan cameraPlan(int some) {
        return new CameraPlan(some, 0, QUIET_MINUTES, cameraHours * 60, episodesPerHour)
                .with(new EpisodeRates(unusualPerDay, INTRUSIONS_PER_HOUR));
    }

    private void degrade(Conditions each, Path data) throws IOException {
        GroundTruth clear = InputFiles.truth(recording.resolve("truth.json"));
        Degradation degradation = new Degradation(CityTrials.over(each, clear), seed);
        try (MergedRecords records = Recording.in(recording).open();
                RecordingWriter written = new RecordingWriter(data)) {
            while (records.hasNext()) {
                TopicRecord degraded = degradation.degrade(records.next());
                if (degraded != null) {
                    written.write(degraded);
                }
            }
            written.write(degradation.truth(clear));
        }
    }

    private CharacterRates rates() {
        try {
            return confusions == null
                    ? CharacterRates.assumedByScore()
                    : CharacterRates.ofCounts(confusions);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--confusions: " + confusions + ": cannot be read: " + e, e);
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
                .withCameras(cameraPlan(cameras));
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
