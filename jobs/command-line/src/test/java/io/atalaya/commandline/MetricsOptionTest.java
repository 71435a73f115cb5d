package io.atalaya.commandline;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("attack")
class MetricsOptionTest {
    /** Also of this machine, where a server that listens on every address answers. */
    private static final String OTHER = "127.0.0.2";

    @Command
    private static final class Program implements Callable<Integer> {
        @Mixin private MetricsOption metrics;

        @Override
        public Integer call() {
            metrics.serve(new PrometheusRegistry());
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... arguments) {
        CommandLine program = new CommandLine(new Program());
        program.parseArgs(arguments);
        ((Program) program.getCommand()).call();
    }

    @Test
    void servesThisMachineAloneUnlessAnAddressIsNamed() throws Exception {
        int port = freePort();
        run("--metrics-port", String.valueOf(port));
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        assertThatThrownBy(() -> new Socket(OTHER, port).close()).isInstanceOf(IOException.class);

        int named = freePort();
        run("--metrics-port", String.valueOf(named), "--metrics-address", OTHER);
        new Socket(OTHER, named).close();
    }

    @Test
    void refusesAPortThatIsTakenAndAnAddressOfAnotherMachine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> run("--metrics-port", port))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageStartingWith(
                            "--metrics-port, --metrics-address: got "
                                    + port
                                    + " of 127.0.0.1, expected a free port of an address of this"
                                    + " machine: ");
        }
        assertThatThrownBy(
                        () ->
                                run(
                                        "--metrics-port",
                                        String.valueOf(freePort()),
                                        "--metrics-address",
                                        "192.0.2.1"))
                .as("an address for documentation, RFC 5737")
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(" of 192.0.2.1, expected ");
    }
}
