package io.atalaya.ops.disposition;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.ops.broker.TopicScan;
import io.atalaya.ops.broker.TopicWrite;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code scripts/disposition}: publishes the disposition of an alert, like a dispatch system. */
@Command(
        name = "disposition",
        sortOptions = false,
        description = {
            "Says what became of an alert: publishes a disposition, from which the score learns.",
            "A second one about the same alert takes the place of the first.",
        },
        exitCodeList = {
            "0:published",
            "2:wrong arguments, no such alert, or no broker",
            "3:stopped or failed while publishing: it may be published",
        })
public final class DispositionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "ALERT_ID",
            description = "The alert's id, or as much of its beginning as no other has.")
    private String alertId;

    @Option(
            names = "--outcome",
            required = true,
            paramLabel = "OUTCOME",
            description =
                    "CORRECT: the vehicle was the listed one. WRONG_PLATE: it carries another"
                            + " plate. WRONG_STATE: the characters are right, but another state's."
                            + " NOT_ACTIONABLE: nothing was done.")
    private Disposition.Outcome outcome;

    @Option(
            names = "--operator",
            defaultValue = "${sys:user.name}",
            paramLabel = "WHO",
            description = "Who decided it (default: the user of this computer).")
    private String operator;

    @Option(
            names = "--purpose",
            paramLabel = "WHY",
            description = "Why that person looked at the alert.")
    private String purpose;

    @Mixin private BrokerOptions broker;

    @Override
    public Integer call() {
        return broker.run(this::publishOutcome);
    }

    private int publishOutcome(Map<String, Object> client) throws InterruptedException {
        Alert alert = find(client);
        TopicWrite.of(
                client,
                Topics.DISPOSITIONS,
                alert.alertId(),
                Disposition.CODEC.write(disposition(alert)));
        spec.commandLine()
                .getOut()
                .printf("Alert %s: published as %s.%n", alert.alertId(), outcome);
        return ExitCode.OK;
    }

    /** The last revision of the only alert whose id starts with the given text. */
    private Alert find(Map<String, Object> client) {
        Map<String, ConsumerRecord<String, byte[]>> found = new TreeMap<>();
        TopicScan.of(
                client,
                Topics.ALERTS,
                record -> {
                    if (record.key() != null && record.key().startsWith(alertId)) {
                        found.put(record.key(), record);
                    }
                });
        ConsumerRecord<String, byte[]> exact = found.get(alertId);
        if (exact == null && found.size() != 1) {
            throw wrong(
                    "ALERT_ID: got "
                            + alertId
                            + ", expected the beginning of one alert's id in topic "
                            + Topics.ALERTS
                            + ", which holds "
                            + found.size()
                            + " such alerts");
        }
        ConsumerRecord<String, byte[]> record =
                exact != null ? exact : found.values().iterator().next();
        try {
            return AlertCodec.read(record.value(), record.timestamp());
        } catch (InvalidRecordException e) {
            throw wrong("ALERT_ID: alert " + record.key() + " cannot be read: " + e.getMessage());
        }
    }

    private Disposition disposition(Alert alert) {
        try {
            return new Disposition(
                    UUID.randomUUID().toString(),
                    alert.alertId(),
                    alert.subject().entryId(),
                    alert.entry() == null ? null : alert.entry().source(),
                    alert.deviceId(),
                    outcome,
                    operator,
                    purpose,
                    System.currentTimeMillis());
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
