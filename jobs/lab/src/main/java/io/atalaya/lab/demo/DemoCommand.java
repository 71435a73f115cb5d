package io.atalaya.lab.demo;

import io.atalaya.commandline.RateLimiter;
import io.atalaya.simulator.condition.Conditions;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/demo}: runs the whole system live on one machine. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Starts a broker, a cluster and the jobs in this process, lets a sample city drive and"
                    + " its cameras film, and shows the alerts as they come. It ends with a summary: latencies, and what"
                    + " was found of what had to be."
        },
        exitCodeList = {
            "0:the traffic has ended",
            "1:the broker, the cluster or a job failed",
            "2:wrong arguments",
            "130:stopped by Ctrl-C, after the summary"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    @Spec private CommandSpec spec;

    @Option(
            names = "--rate",
            defaultValue = "50",
            paramLabel = "N",
            description = "Plate reads a second over all arches (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--minutes",
            defaultValue = "5",
            paramLabel = "N",
            description =
                    "Length of the traffic (default: ${DEFAULT-VALUE}). A convoy is known for one"
                            + " from two on.")
    private int minutes;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "The same seed, with the same --rate, --minutes and --hotlist-size, makes the"
                            + " same vehicles, reads and list (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--lang",
            defaultValue = "es",
            converter = LanguageConverter.class,
            paramLabel = "es|en",
            description = "Language of alerts and summary (default: ${DEFAULT-VALUE}).")
    private Language language;

    @Option(
            names = "--hotlist-size",
            defaultValue = "20000",
            paramLabel = "N",
            description =
                    "Entries beside those of the wanted vehicles in the city (default:"
                            + " ${DEFAULT-VALUE}).")
    private int hotlistSize;

    @Option(
            names = "--bulk",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Load so many more entries while vehicles pass, and report how long a single change"
                            + " of the list takes meanwhile (default: none).")
    private int bulk;

    @Option(
            names = "--bulk-rate",
            defaultValue = "" + RateLimiter.DEFAULT_PER_SECOND,
            paramLabel = "N",
            description = "Entries of that load a second (default: ${DEFAULT-VALUE}).")
    private int bulkRate;

    @Option(
            names = "--cameras",
            defaultValue = "4",
            paramLabel = "N",
            description =
                    "Cameras that film meanwhile (default: ${DEFAULT-VALUE}). Half an hour of theirs"
                            + " is sent at once before, so that they know their scenes; 0 leaves out"
                            + " the camera job.")
    private int cameras;

    @Option(
            names = "--conditions",
            defaultValue = "clear",
            converter = ConditionsConverter.class,
            paramLabel = "NAMES",
            description =
                    "How badly cameras and readers work: clear, night, rain, wind, crowded,"
                            + " poor-tracker; night+rain is both at once, clear:night one after"
                            + " the other (default: ${DEFAULT-VALUE}).")
    private Conditions conditions;

    @Option(
            names = "--show",
            defaultValue = "CITY",
            paramLabel = "WHAT",
            description =
                    "CITY: alerts and incidents; RECEIVER: what a dispatch system of others receives by"
                            + " signed webhooks, and what it finds out about each (default:"
                            + " ${DEFAULT-VALUE}).")
    private DemoSettings.Show show;

    @Option(
            names = "--no-console",
            description = "Leave out the console, a second process with a heap of up to 512 MB.")
    private boolean withoutConsole;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Of each job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of a job, as in its OPTIONS.md; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() {
        DemoSettings settings =
                new DemoSettings(
                        rate,
                        minutes,
                        seed,
                        language,
                        hotlistSize,
                        bulk,
                        bulkRate,
                        cameras,
                        conditions,
                        parallelism,
                        show,
                        !withoutConsole,
                        overrides);
        List<String> faults = settings.faults();
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            new Demo(settings, spec.commandLine().getOut()).run();
            return OK;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (e.getCause() instanceof InterruptedException) {
                err.println(language.of("Detenido.", "Stopped."));
                return INTERRUPTED;
            }
            err.println("Demo failed: " + e.getMessage());
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                err.println("  because: " + cause);
            }
            return FAILED;
        }
    }

    /** Parses a language code. */
    static final class ConditionsConverter implements ITypeConverter<Conditions> {
        @Override
        public Conditions convert(String names) {
            try {
                return Conditions.parse(names);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class LanguageConverter implements ITypeConverter<Language> {
        @Override
        public Language convert(String code) {
            for (Language language : Language.values()) {
                if (language.name().toLowerCase(Locale.ROOT).equals(code)) {
                    return language;
                }
            }
            throw new TypeConversionException("'" + code + "', expected es or en");
        }
    }
}
