package io.atalaya.lab.demo;

import io.atalaya.embedded.TemporaryDirectory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The console beside the demo: a process of its own, because its libraries are not those of Flink.
 * It ends with the demo, also with one that is killed, because its input ends then.
 */
final class ConsoleProcess implements AutoCloseable {
    private static final int PORT = 8090;
    private static final long STARTS_WITHIN_SECONDS = 120;
    private static final long STOPS_WITHIN_SECONDS = 10;

    private final TemporaryDirectory directory = TemporaryDirectory.create("atalaya-console-");
    private final CompletableFuture<String> link = new CompletableFuture<>();
    private final Path log = directory.path().resolve("console.log");
    private final Process process;

    ConsoleProcess(Path home, String bootstrapServers) {
        ProcessBuilder builder =
                new ProcessBuilder(
                                home.resolve("scripts/console").toString(),
                                "--bootstrap-servers",
                                bootstrapServers,
                                "--port",
                                String.valueOf(isFree(PORT) ? PORT : 0),
                                "--data",
                                directory.path().resolve("data").toString(),
                                "--until-input-ends")
                        .redirectError(log.toFile());
        builder.environment().put("ATALAYA_BUILT", "yes");
        builder.environment().put("ATALAYA_JAVA_OPTS", "-Xmx512m");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("starting scripts/console", e);
        }
        Thread reader = new Thread(this::read, "demo-console");
        reader.setDaemon(true);
        reader.start();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf("http");
                if (at >= 0 && line.contains("/first#")) {
                    link.complete(line.substring(at));
                }
            }
        } catch (IOException e) {
            link.completeExceptionally(e);
        }
        link.completeExceptionally(new IOException("it has ended"));
    }

    /** Waits for the link of the first login; null if the console does not start. */
    String awaitLink() throws InterruptedException {
        try {
            return link.get(STARTS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    /** What it has said of its troubles: the last lines. */
    String troubles() {
        try {
            String text = Files.readString(log).strip();
            return text.substring(Math.max(0, text.length() - 1_000));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        directory.close();
    }
}
