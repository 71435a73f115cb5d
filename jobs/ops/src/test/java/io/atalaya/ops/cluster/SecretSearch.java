package io.atalaya.ops.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Searches for secrets in everything that a cluster shows or stores: arguments and environments of
 * processes, files, web UI and REST interface, metrics. From its creation until it is closed it
 * watches the arguments of every process on this machine.
 */
final class SecretSearch implements AutoCloseable {
    private static final long PAUSE_MS = 50;
    private static final Pattern LONG_ID = Pattern.compile("\"(?:id|jid)\":\"([^\"]+)\"");
    private static final Pattern FILE_NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String mark;
    private final List<String> known;

    /** The places where a secret was found. */
    private final Set<String> places = ConcurrentHashMap.newKeySet();

    /**
     * The places where one of {@link #known} was found, which proves that a secret there would be
     * found.
     */
    private final Set<String> evidence = ConcurrentHashMap.newKeySet();

    /** By directory of the process, because a search costs much more than a comparison. */
    private final Map<Path, byte[]> lastArguments = new HashMap<>();

    private final Thread watcher = new Thread(this::watch, "arguments");
    private volatile boolean closing;

    /**
     * @param mark text that every secret contains
     * @param known public texts that appear in many places
     */
    SecretSearch(String mark, List<String> known) {
        this.mark = mark;
        this.known = known;
        watcher.start();
    }

    Set<String> places() {
        return new TreeSet<>(places);
    }

    Set<String> evidence() {
        return new TreeSet<>(evidence);
    }

    void text(String place, String text) {
        if (text.contains(mark)) {
            places.add(place);
        }
        if (known.stream().anyMatch(text::contains)) {
            evidence.add(place);
        }
    }

    /** Reads every file below the root and skips files that a running cluster deletes meanwhile. */
    void files(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        file(file, root.relativize(file).toString());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    void environment(long pid) throws IOException {
        file(Path.of("/proc", String.valueOf(pid), "environ"), "environment of a process");
    }

    private void file(Path file, String place) throws IOException {
        try {
            text(place, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            // The file was removed.
        }
    }

    /** Reads the pages of the web UI and their data, which comes from the REST interface. */
    void rest(int port) throws Exception {
        String root = "http://localhost:" + port;
        for (String page : List.of("/", "/config", "/overview", "/jars", "/datasets")) {
            get(root, page);
        }
        for (String page : List.of("/config", "/environment", "/metrics", "/thread-dump")) {
            get(root, "/jobmanager" + page);
        }
        logs(root, "/jobmanager");
        for (String manager : ids(get(root, "/taskmanagers"))) {
            String path = "/taskmanagers/" + manager;
            for (String page : List.of("", "/metrics", "/thread-dump")) {
                get(root, path + page);
            }
            logs(root, path);
        }
        for (String job : ids(get(root, "/jobs/overview"))) {
            String path = "/jobs/" + job;
            for (String page :
                    List.of(
                            "/config",
                            "/plan",
                            "/exceptions",
                            "/accumulators?includeSerializedValue=true",
                            "/checkpoints",
                            "/checkpoints/config",
                            "/jobmanager/config",
                            "/jobmanager/environment")) {
                get(root, path + page);
            }
            for (String vertex : ids(get(root, path))) {
                for (String page : List.of("", "/accumulators", "/metrics", "/taskmanagers")) {
                    get(root, path + "/vertices/" + vertex + page);
                }
            }
        }
    }

    private void logs(String root, String path) throws Exception {
        get(root, path + "/log");
        get(root, path + "/stdout");
        for (String name : matches(FILE_NAME, get(root, path + "/logs"))) {
            get(root, path + "/logs/" + name);
        }
    }

    private static Set<String> ids(String text) {
        return matches(LONG_ID, text);
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> matches = new TreeSet<>();
        pattern.matcher(text).results().forEach(each -> matches.add(each.group(1)));
        return matches;
    }

    private String get(String root, String page) throws Exception {
        String text =
                http.send(
                                HttpRequest.newBuilder(URI.create(root + page)).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        text("GET " + page, text);
        return text;
    }

    private void watch() {
        while (!closing) {
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                for (Path process : (Iterable<Path>) processes::iterator) {
                    if (process.getFileName().toString().matches("\\d+")) {
                        arguments(process);
                    }
                }
                Thread.sleep(PAUSE_MS);
            } catch (IOException e) {
                throw new AssertionError("reading /proc", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Searches the arguments unless the process has had them at the last look. */
    private void arguments(Path process) {
        try {
            byte[] arguments = Files.readAllBytes(process.resolve("cmdline"));
            if (!Arrays.equals(arguments, lastArguments.put(process, arguments))) {
                text("arguments of a process", new String(arguments, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
