package io.atalaya.console;

import org.apache.kafka.common.utils.Utils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param settings of Spring
 * @param faults of all options at once, empty if the console can start
 */
record Arguments(
        List<String> settings, List<String> faults, boolean asksForHelp, boolean stopsWithInput) {
    static final String USAGE =
            """
            Usage: scripts/console [OPTIONS]

            Serves the console, the screen of a command centre, to browsers.

              --bootstrap-servers HOST:PORT  the brokers; by default what ATALAYA_BOOTSTRAP_SERVERS
                                             holds, or localhost:9092
              --kafka-properties FILE        settings of Kafka's clients, for a secured broker
              --port PORT                    where it listens (8090)
              --database URL                 postgresql://HOST/DATABASE?user=…&password=…; without
                                             it an embedded one
              --data DIR                     the embedded database (~/.atalaya/console)
              --web DIR                      the build of console/web
              --basemap DIR                  GeoJSON and PMTiles files for the map
              --images DIR                   images that alerts refer to
              --sites SITE,…                 for which dispatch hears from it who is on duty
              --prometheus NAME=URL,…        metrics of the jobs
              --metrics-port PORT            its own metrics for Prometheus, on every address (none)
              --config FILE                  further settings, as for TLS and OIDC
              --until-input-ends             stop when the standard input ends
              --help                         this text
            """;

    private static final String SERVERS = "--bootstrap-servers";

    /** As of the other scripts. */
    private static final String SERVERS_VARIABLE = "ATALAYA_BOOTSTRAP_SERVERS";

    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put(SERVERS, "console.bootstrap-servers");
        OPTIONS.put("--kafka-properties", "console.kafka-properties");
        OPTIONS.put("--port", "server.port");
        OPTIONS.put("--database", "console.database");
        OPTIONS.put("--data", "console.data");
        OPTIONS.put("--web", "console.web");
        OPTIONS.put("--basemap", "console.basemap");
        OPTIONS.put("--images", "console.images");
        OPTIONS.put("--prometheus", "console.prometheus");
        OPTIONS.put("--metrics-port", "console.metrics-port");
        OPTIONS.put("--sites", "console.sites");
        OPTIONS.put("--config", "spring.config.additional-location");
    }

    private static final int MAX_PORT = 65_535;

    static Arguments parse(String[] args, Map<String, String> environment) {
        Map<String, String> given = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        boolean asksForHelp = false;
        boolean stopsWithInput = false;
        for (int i = 0; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            if (args[i].equals("--help") || args[i].equals("-h")) {
                asksForHelp = true;
            } else if (args[i].equals("--until-input-ends")) {
                stopsWithInput = true;
            } else if (!OPTIONS.containsKey(parts[0])) {
                faults.add("Unknown option: '" + args[i] + "'");
            } else if (parts.length == 2) {
                given.put(parts[0], parts[1]);
            } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
                given.put(args[i], args[++i]);
            } else {
                faults.add(args[i] + ": got nothing, expected a value");
            }
        }
        given.forEach((option, value) -> check(option, option, value, faults));
        String servers = environment.getOrDefault(SERVERS_VARIABLE, "");
        if (!servers.isBlank() && !given.containsKey(SERVERS)) {
            check(SERVERS, SERVERS_VARIABLE, servers, faults);
            given.put(SERVERS, servers);
        }
        return new Arguments(
                given.entrySet().stream()
                        .map(each -> "--" + OPTIONS.get(each.getKey()) + "=" + each.getValue())
                        .toList(),
                faults,
                asksForHelp,
                stopsWithInput);
    }

    /** What would otherwise end the console after it has made a database. */
    private static void check(String option, String name, String value, List<String> faults) {
        String expected =
                switch (option) {
                    // Port 0 is any free one.
                    case "--port" -> isPort(value, 0) ? null : "0 to " + MAX_PORT;
                    case "--metrics-port" -> isPort(value, 1) ? null : "1 to " + MAX_PORT;
                    case SERVERS ->
                            Arrays.stream(value.split(",")).allMatch(Arguments::isAddress)
                                    ? null
                                    : "HOST:PORT, separated by commas";
                    case "--kafka-properties" ->
                            Files.isReadable(Path.of(value)) ? null : "a readable properties file";
                    case "--prometheus" ->
                            Arrays.stream(value.split(",")).allMatch(each -> each.contains("="))
                                    ? null
                                    : "NAME=URL, separated by commas";
                    default -> null;
                };
        if (expected != null) {
            faults.add(name + ": got '" + value + "', expected " + expected);
        }
    }

    private static boolean isAddress(String text) {
        String address = text.strip();
        return Utils.getHost(address) != null
                && !Utils.getHost(address).isEmpty()
                && isPort(Utils.getPort(address).toString(), 1);
    }

    private static boolean isPort(String text, int min) {
        try {
            int port = Integer.parseInt(text);
            return port >= min && port <= MAX_PORT;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
