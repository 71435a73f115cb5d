package io.atalaya.ops.policy;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyDiff;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;
import io.atalaya.ops.broker.TopicScan;
import io.atalaya.ops.broker.TopicWrite;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/policy}: checks policies, compares them and puts one in force. */
@Command(
        name = "policy",
        sortOptions = false,
        description = {
            "Checks a policy of dispatch, shows what differs from another one, or requests it from the running job."
                    + " Nothing is restarted.",
            "scripts/policy check --help (diff, activate) explains each."
        },
        subcommands = {
            PolicyCommand.CheckCommand.class,
            PolicyCommand.DiffCommand.class,
            PolicyCommand.ActivateCommand.class
        })
public final class PolicyCommand implements Runnable {
    private static final String INSTALLED = "${sys:atalaya.home}/policy";

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "policy: got no subcommand, expected check, diff or activate");
    }

    /** A valid policy with the contents of its files. */
    private record Checked(Map<String, String> files, Policy policy) {
        /** Reads a directory; if it has faults, all of them are the message of the exception. */
        static Checked in(Path directory, CommandSpec spec) {
            if (!Files.isDirectory(directory)) {
                throw new ParameterException(
                        spec.commandLine(), "DIR: got " + directory + ", expected a directory");
            }
            try {
                Map<String, String> files = PolicyReader.files(directory);
                return new Checked(files, PolicyReader.read(files));
            } catch (IOException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        "DIR: got " + directory + ", expected readable files (" + e + ")");
            } catch (InvalidPolicyException e) {
                List<String> faults = new ArrayList<>();
                e.faults()
                        .forEach(
                                fault ->
                                        faults.add(directory.resolve(fault.toString()).toString()));
                throw new ParameterException(spec.commandLine(), String.join("\n", faults));
            }
        }
    }

    /** Checks a policy without a broker. */
    @Command(
            name = "check",
            sortOptions = false,
            description = "Prints every fault of a policy with its file and line.",
            exitCodeList = {"0:the policy is valid", "2:it has faults, or wrong arguments"})
    static final class CheckCommand implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(
                index = "0",
                arity = "0..1",
                defaultValue = INSTALLED,
                paramLabel = "DIR",
                description = "The policy (default: the one of the installation).")
        private Path directory;

        @Override
        public Integer call() {
            Policy policy = Checked.in(directory, spec).policy();
            spec.commandLine()
                    .getOut()
                    .printf("%s: version %s is valid.%n", directory, policy.version());
            return ExitCode.OK;
        }
    }

    /** Compares two policies without a broker. */
    @Command(
            name = "diff",
            sortOptions = false,
            description = "Prints what differs between two policies, rule by rule.",
            exitCodeList = {"0:compared", "2:one of them has faults, or wrong arguments"})
    static final class DiffCommand implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "DIR", description = "The new policy.")
        private Path directory;

        @Parameters(
                index = "1",
                arity = "0..1",
                defaultValue = INSTALLED,
                paramLabel = "BEFORE",
                description = "The policy before (default: the one of the installation).")
        private Path before;

        @Override
        public Integer call() {
            List<String> lines =
                    PolicyDiff.of(
                            Checked.in(before, spec).files(), Checked.in(directory, spec).files());
            PrintWriter out = spec.commandLine().getOut();
            lines.forEach(out::println);
            if (lines.isEmpty()) {
                out.println("No rule differs.");
            }
            return ExitCode.OK;
        }
    }

    /** Requests a policy, and waits for the job's answer. */
    @Command(
            name = "activate",
            sortOptions = false,
            description = {
                "Checks a policy, requests it from the running job and waits for the answer. It is in force until"
                        + " another one is requested, also after a restart of the job.",
            },
            exitCodeList = {
                "0:in force",
                "1:the job rejected it, and the one before stays in force",
                "2:the policy has faults, wrong arguments, or no broker; nothing was requested",
                "3:stopped, failed or without an answer: it may be in force"
            })
    static final class ActivateCommand implements Callable<Integer> {
        private static final long POLL_MS = 500;

        @Spec private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "DIR", description = "The policy.")
        private Path directory;

        @Option(
                names = "--requested-by",
                defaultValue = "${sys:user.name}",
                paramLabel = "WHO",
                description = "Who requests it (default: the user of this computer).")
        private String requestedBy;

        @Option(names = "--purpose", paramLabel = "WHY", description = "Why.")
        private String purpose;

        @Option(
                names = "--wait",
                defaultValue = "60",
                paramLabel = "SECONDS",
                description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
        private int seconds;

        @Mixin private BrokerOptions broker;

        @Override
        public Integer call() {
            byte[] request = PolicyRequest.CODEC.write(request());
            return broker.run(client -> activate(client, request));
        }

        private PolicyRequest request() {
            Checked checked = Checked.in(directory, spec);
            try {
                return new PolicyRequest(
                        checked.policy().version(),
                        checked.files(),
                        requestedBy,
                        purpose,
                        System.currentTimeMillis());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }

        private int activate(Map<String, Object> client, byte[] request)
                throws InterruptedException {
            RecordAddress address =
                    TopicWrite.of(client, Topics.POLICY_REQUESTS, PolicyRequest.KEY, request);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Requested as " + address + ".");
            out.flush();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            do {
                PolicyAnswer answer = answer(client, address);
                if (answer != null) {
                    return report(answer);
                }
                Thread.sleep(POLL_MS);
            } while (System.nanoTime() < end);
            spec.commandLine()
                    .getErr()
                    .println(
                            "No answer within %d s: the job is not running, or does not read topic %s yet."
                                    .formatted(seconds, Topics.POLICY_REQUESTS));
            return ExitCode.PARTLY_PUBLISHED;
        }

        private int report(PolicyAnswer answer) {
            if (answer.isAccepted()) {
                spec.commandLine().getOut().println("In force: " + answer.version() + ".");
                return ExitCode.OK;
            }
            PrintWriter err = spec.commandLine().getErr();
            err.println("Rejected, and the policy before stays in force:");
            answer.faults().forEach(err::println);
            return ExitCode.SOME_REJECTED;
        }

        /** The job's last answer to a request, or null. */
        private static PolicyAnswer answer(Map<String, Object> client, RecordAddress request) {
            List<PolicyAnswer> answers = new ArrayList<>();
            TopicScan.of(
                    client,
                    Topics.POLICY_ANSWERS,
                    record -> {
                        try {
                            PolicyAnswer answer = PolicyAnswer.CODEC.read(record.value());
                            if (answer.request().equals(request.toString())) {
                                answers.add(answer);
                            }
                        } catch (InvalidRecordException e) {
                            // A malformed record does not come from a job, so it answers nothing.
                        }
                    });
            return answers.isEmpty() ? null : answers.get(answers.size() - 1);
        }
    }
}
