package io.atalaya.console;

import io.atalaya.commandline.Scripts;

import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The command line: options with a value are settings of Spring. */
final class Arguments {
    /** Settings that are not called as their options. */
    private static final Map<String, String> SETTINGS =
            Map.of("--port", "server.port", "--config", "spring.config.additional-location");

    private static final ITypeConverter<String> FILE =
            expected("a readable file", value -> Files.isReadable(Path.of(value)));

    private final OptionSpec untilInputEnds =
            OptionSpec.builder("--until-input-ends")
                    .description("Stop when the standard input ends.")
                    .build();

    private final CommandSpec spec;

    /**
     * Declares the options.
     *
     * @param start the console; not called if an option has a fault, so that no database is made
     */
    Arguments(Map<String, String> environment, Consumer<Arguments> start) {
        spec = CommandSpec.wrapWithoutInspection((Runnable) () -> start.accept(this));
        spec.name("scripts/console")
                .usageMessage()
                .sortOptions(false)
                .description("Serves the console, the screen of a command centre, to browsers.");
        add(
                "--bootstrap-servers",
                "HOST:PORT",
                "The brokers; by default what ATALAYA_BOOTSTRAP_SERVERS holds, or localhost:9092.",
                expected(
                        "HOST:PORT, separated by commas, here or in ATALAYA_BOOTSTRAP_SERVERS",
                        each(Arguments::isAddress)));
        add("--kafka-properties", "FILE", "Kafka client settings, for a secured broker.", FILE);
        // Port 0 is any free one.
        add("--port", "PORT", "Where it listens (8090).", port(0));
        add(
                "--database",
                "URL",
                "postgresql://HOST/DATABASE?user=…, its password in --config as console.database;"
                        + " without it an embedded one.");
        add("--data", "DIR", "The embedded database (~/.atalaya/console).");
        add("--web", "DIR", "The build of console/web.");
        add("--basemap", "DIR", "GeoJSON and PMTiles files for the map.");
        add("--images", "DIR", "Images that alerts refer to.");
        add("--sites", "SITE,…", "For which dispatch hears from it who is on duty.");
        add(
                "--prometheus",
                "NAME=URL,…",
                "Metrics of the jobs.",
                expected("NAME=URL, separated by commas", each(value -> value.contains("="))));
        add("--metrics-port", "PORT", "Its own metrics for Prometheus (none).", port(1));
        add(
                "--metrics-address",
                "ADDRESS",
                "Where they are served (localhost, to this machine alone).",
                expected("an address", Arguments::isResolved));
        add("--config", "FILE", "Further settings, as for TLS and OIDC.", FILE);
        spec.addOption(untilInputEnds);
        spec.addSubcommand("account", new CommandLine(new AccountCommand(this)));
        String servers = environment.getOrDefault("ATALAYA_BOOTSTRAP_SERVERS", "");
        OptionSpec ofServers = spec.findOption("--bootstrap-servers");
        spec.defaultValueProvider(
                option -> option == ofServers && !servers.isBlank() ? servers : null);
    }

    private void add(String name, String label, String text, ITypeConverter<?>... converters) {
        spec.addOption(
                OptionSpec.builder(name)
                        .type(String.class)
                        .paramLabel(label)
                        .description(text)
                        .converters(converters)
                        .build());
    }

    private static ITypeConverter<String> expected(String text, Predicate<String> check) {
        return value -> {
            if (check.test(value)) {
                return value;
            }
            throw new TypeConversionException("got '" + value + "', expected " + text);
        };
    }

    private static Predicate<String> each(Predicate<String> check) {
        return value -> Stream.of(value.split(",")).map(String::strip).allMatch(check);
    }

    private static ITypeConverter<String> port(int min) {
        return expected(min + " to 65535", value -> isPort(value, min));
    }

    private static boolean isPort(String value, int min) {
        return value.matches("[0-9]{1,5}")
                && Integer.parseInt(value) >= min
                && Integer.parseInt(value) <= 65_535;
    }

    private static boolean isResolved(String value) {
        return !new InetSocketAddress(value, 0).isUnresolved();
    }

    private static boolean isAddress(String value) {
        String host = Utils.getHost(value);
        return host != null
                && !host.isEmpty()
                && isPort(value.substring(value.lastIndexOf(':') + 1), 1);
    }

    /** The command; an option may be repeated because scripts/console has --web itself. */
    CommandLine commandLine() {
        return Scripts.commandLine(spec).setOverwrittenOptionsAllowed(true);
    }

    /** Of Spring. */
    List<String> settings() {
        return spec.options().stream()
                .filter(option -> option.getValue() instanceof String)
                .map(option -> "--" + setting(option.longestName()) + "=" + option.getValue())
                .toList();
    }

    private static String setting(String option) {
        return SETTINGS.getOrDefault(option, option.replaceFirst("--", "console."));
    }

    boolean stopsWithInput() {
        return untilInputEnds.getValue() != null;
    }
}
