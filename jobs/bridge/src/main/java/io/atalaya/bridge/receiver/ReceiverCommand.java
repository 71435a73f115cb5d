package io.atalaya.bridge.receiver;

import io.atalaya.bridge.receiver.Receiver.Play;
import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.contracts.dispatch.Incident;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code scripts/receiver}: the far end of a webhook, to try a connection with. */
@Command(
        name = "receiver",
        sortOptions = false,
        description = {
            "Receives webhooks on this machine and prints what it finds out about each: whether its",
            "signature is right, whether it is repeated, older than one before, or too old.",
        },
        exitCodeList = {
            "0:stopped",
            "2:wrong arguments, or the port is taken",
        })
public final class ReceiverCommand implements Callable<Integer> {
    private static final String SECRETS = "a file with a key a line, whsec_… or whpk_…";

    @Spec private CommandSpec spec;

    @Option(
            names = "--secret-file",
            required = true,
            paramLabel = "FILE",
            description = "The bridge's secret, or the public key whpk_… of its private one.")
    private Path secretFile;

    @Option(
            names = "--port",
            defaultValue = "8099",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}. 0 takes a free one.")
    private int port;

    @Option(
            names = "--play",
            defaultValue = "TAKE",
            paramLabel = "HOW",
            description = "How it answers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Play play;

    @Option(
            names = "--slowness",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description = "How late --play SLOW answers (default: ${DEFAULT-VALUE}).")
    private int slowness;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        WebhookVerifier verifier;
        try {
            verifier = WebhookVerifier.read(secretFile);
        } catch (NoSuchFileException e) {
            throw wrong("--secret-file", secretFile, SECRETS + " (there is no such file)", e);
        } catch (IOException e) {
            throw wrong("--secret-file", secretFile, SECRETS + " (" + e.getMessage() + ")", e);
        }
        try (Receiver receiver =
                Receiver.start(
                        port,
                        verifier,
                        Duration.ofHours(24),
                        Duration.ofSeconds(slowness),
                        Clock.systemUTC(),
                        received -> print(received, out))) {
            receiver.play(play);
            out.println("Receiving on http://127.0.0.1:" + receiver.port() + "/");
            out.flush();
            // Until it is killed.
            new CountDownLatch(1).await();
            return 0;
        } catch (IOException e) {
            throw wrong("--port", port, "a free port (" + e.getMessage() + ")", e);
        }
    }

    private ParameterException wrong(String option, Object got, String expected, IOException e) {
        return new ParameterException(
                spec.commandLine(), option + ": got " + got + ", expected " + expected, e);
    }

    private static void print(Received received, PrintWriter out) {
        String text = received.finding() + " " + received.id();
        if (received.message() != null) {
            Incident incident = received.message().incident();
            text +=
                    " %s %s revision %d priority %d %s %s"
                            .formatted(
                                    received.message().purpose(),
                                    incident.incidentId(),
                                    incident.revision(),
                                    incident.priority(),
                                    incident.type(),
                                    incident.status());
        }
        out.println(received.reason() == null ? text : text + ": " + received.reason());
        out.flush();
    }
}
