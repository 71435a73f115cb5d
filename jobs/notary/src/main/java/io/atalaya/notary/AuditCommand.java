package io.atalaya.notary;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.notary.chain.IncidentPage;
import io.atalaya.notary.chain.RecordedLookUps;
import io.atalaya.notary.chain.SentMessages;
import io.atalaya.notary.chain.Verifier;
import io.atalaya.notary.chain.Verifier.Finding;
import io.atalaya.notary.chain.Verifier.Stored;
import io.atalaya.notary.chain.YearReport;

import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code scripts/audit}: works with what the notary has recorded. */
@Command(
        name = "audit",
        description = "Proves what was sent.",
        subcommands = {
            AuditCommand.Verify.class,
            AuditCommand.Report.class,
            AuditCommand.OneIncident.class
        })
final class AuditCommand {
    /** Prints what the records of the audit say. */
    private abstract static class FromAudit implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Option(
                names = "--zone",
                defaultValue = "America/Mexico_City",
                description = "The time zone. Default: ${DEFAULT-VALUE}.")
        ZoneId zone;

        @Mixin private BrokerOptions broker;

        @Override
        public final Integer call() {
            return broker.read(this::report);
        }

        /** Returns the exit code. */
        abstract int report(Map<String, Object> client);
    }

    /** {@code scripts/audit report}. */
    @Command(
            name = "report",
            sortOptions = false,
            description = {
                "Prints a year's transparency report in Markdown, from the audit alone.",
                "It does not verify the audit; scripts/audit verify does.",
            },
            exitCodeList = {
                "0:printed",
                "1:some records of the audit cannot be read",
                "2:wrong arguments, or no broker",
            })
    static final class Report extends FromAudit {
        @Parameters(paramLabel = "YEAR", description = "The year, in the time of --zone.")
        private Year year;

        @Override
        int report(Map<String, Object> client) {
            YearReport report = new YearReport(start(year), start(year.plusYears(1)));
            long unreadable = 0;
            try (TopicReader reader = new TopicReader(client)) {
                for (TopicPartition each : reader.partitions(Topics.AUDIT)) {
                    Iterator<RawRecord> records = reader.read(each, reader.start(each));
                    while (records.hasNext()) {
                        RawRecord record = records.next();
                        try {
                            report.add(AuditRecord.CODEC.read(record.value()));
                        } catch (InvalidRecordException e) {
                            unreadable++;
                        }
                    }
                }
            }
            spec.commandLine().getOut().print(report.markdown());
            spec.commandLine().getOut().flush();
            if (unreadable > 0) {
                spec.commandLine().getErr().println(unreadable + " records cannot be read.");
            }
            return unreadable > 0 ? ExitCode.SOME_REJECTED : ExitCode.OK;
        }

        private long start(Year of) {
            return of.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
    }

    /** {@code scripts/audit incident}. */
    @Command(
            name = "incident",
            sortOptions = false,
            description = {
                "Prints the after-action report of one incident as HTML.",
                "It does not verify the audit; scripts/audit verify does.",
            },
            exitCodeList = {
                "0:printed",
                "2:wrong arguments, an incident that the audit does not know, or no broker",
            })
    static final class OneIncident extends FromAudit {
        @Parameters(paramLabel = "ID", description = "The incident's incidentId.")
        private String incidentId;

        @Override
        int report(Map<String, Object> client) {
            IncidentPage page = new IncidentPage(incidentId, zone);
            byte[] key = incidentId.getBytes(UTF_8);
            try (TopicReader reader = new TopicReader(client)) {
                for (TopicPartition each : reader.partitions(Topics.AUDIT)) {
                    Iterator<RawRecord> records = reader.read(each, reader.start(each));
                    while (records.hasNext()) {
                        RawRecord record = records.next();
                        if (Arrays.equals(record.key(), key)) {
                            add(each.partition(), record, page);
                        }
                    }
                }
                for (TopicPartition each : audited(reader)) {
                    Iterator<RawRecord> records = reader.readCommitted(each, reader.start(each));
                    while (records.hasNext()) {
                        page.addSent(records.next());
                    }
                }
            }
            if (page.isEmpty()) {
                spec.commandLine().getErr().println("The audit has no incident " + incidentId);
                return ExitCode.NOTHING_DONE;
            }
            spec.commandLine().getOut().print(page.html());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }

        private void add(int partition, RawRecord record, IncidentPage page) {
            try {
                page.addAudited(partition, AuditRecord.CODEC.read(record.value()));
            } catch (InvalidRecordException e) {
                spec.commandLine().getErr().println(record.address() + " cannot be read.");
            }
        }
    }

    private static List<TopicPartition> audited(TopicReader reader) {
        return Topics.AUDITED.stream().flatMap(topic -> reader.partitions(topic).stream()).toList();
    }

    /** {@code scripts/audit verify}. */
    @Command(
            name = "verify",
            sortOptions = false,
            description = {
                "Names the first record of each partition of the audit that is not as it was written.",
                "docs/audit.md says what is found and what is not.",
            },
            exitCodeList = {
                "0:the audit is whole",
                "1:it is not",
                "2:wrong arguments, a fault in a file, or no broker",
            })
    static final class Verify implements Callable<Integer> {
        /** What is older must be in the audit, however far dispatch and the notary are behind. */
        private static final Duration AUDITED_WITHIN = Duration.ofHours(1);

        @Spec private CommandSpec spec;

        @Option(
                names = "--key-file",
                required = true,
                paramLabel = "FILE",
                description = {
                    "The public Ed25519 key of the heads, in PEM.",
                    "After a change of the key once for each, the oldest first."
                })
        private List<Path> keyFiles;

        @Option(
                names = "--name",
                defaultValue = NotaryLoop.NAME,
                description = "The notary's name in the heads. Default: ${DEFAULT-VALUE}.")
        private String name;

        @Option(
                names = "--copy",
                paramLabel = "FILE",
                description =
                        "Kafka client settings of the other site's broker: its heads count, too.")
        private String copy;

        @Option(
                names = "--max-age",
                defaultValue = "PT10M",
                paramLabel = "TIME",
                description = {
                    "How old the newest heads may be. Default: ${DEFAULT-VALUE}.",
                    "Older ones are what an audit has of which the end was cut off."
                })
        private Duration maxAge;

        @Option(
                names = "--look-ups",
                paramLabel = "FILE",
                description = {
                    "Compare the audit with the hashes that the console has of its look-ups.",
                    "Once for each program that writes look-ups."
                })
        private List<Path> lookUpFiles = List.of();

        @Option(
                names = "--sent",
                description = "Compare the audit with the messages, as far as they are kept.")
        private boolean sent;

        @Mixin private BrokerOptions broker;

        private boolean isWhole = true;

        /** Time of the newest heads. */
        private long signedAt = -1;

        /** Behind the last record of the audit that was verified, by partition. */
        private final Map<TopicPartition, Long> unread = new HashMap<>();

        @Override
        public Integer call() {
            List<PublicKey> keys = new ArrayList<>();
            RecordedLookUps lookUps = null;
            Map<String, Object> other;
            try {
                for (Path file : keyFiles) {
                    keys.add(HeadKeys.publicKey(file));
                }
                if (!lookUpFiles.isEmpty()) {
                    lookUps = RecordedLookUps.read(lookUpFiles);
                }
                other = copy == null ? null : OtherSite.client(copy);
            } catch (IOException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return ExitCode.NOTHING_DONE;
            }
            RecordedLookUps recorded = lookUps;
            return broker.read(client -> verify(client, other, keys, recorded));
        }

        /**
         * @param lookUps what the consoles have, or null
         */
        private int verify(
                Map<String, Object> client,
                Map<String, Object> other,
                List<PublicKey> keys,
                RecordedLookUps lookUps) {
            try (TopicReader reader = new TopicReader(client);
                    TopicReader copy = other == null ? null : new TopicReader(other)) {
                Set<Integer> signed = new TreeSet<>();
                readHeads(reader, copy, keys, head -> signed.add(head.partition()), this::fault);
                checkAge();
                long[] count = new long[1];
                SentMessages messages = new SentMessages(starts(reader));
                List<TopicPartition> partitions = reader.partitions(Topics.AUDIT);
                for (TopicPartition each : partitions) {
                    Verifier verifier = new Verifier(each.partition(), () -> stored(reader, each));
                    // Again for each partition, because those of all take much memory after years.
                    readHeads(reader, copy, keys, verifier::addSigned, fault -> {});
                    Finding finding =
                            verifier.verify(
                                    record -> {
                                        count[0]++;
                                        if (sent) {
                                            messages.addAudited(each.partition(), record);
                                        }
                                        if (lookUps != null) {
                                            lookUps.addAudited(record);
                                        }
                                    });
                    if (finding != null) {
                        report(finding);
                    }
                }
                signed.stream()
                        .filter(partition -> partition >= partitions.size())
                        .forEach(partition -> fault("partition " + partition + " is missing"));
                // A chain that is broken names what is behind the break as missing once more.
                boolean isChainWhole = isWhole;
                if (sent && isChainWhole) {
                    compare(reader, messages);
                }
                if (lookUps != null && isChainWhole) {
                    compare(lookUps);
                }
                if (isWhole) {
                    say(
                            "Whole: %d records in %d partitions, signed until %s."
                                    .formatted(
                                            count[0],
                                            partitions.size(),
                                            Instant.ofEpochMilli(signedAt)));
                }
            }
            return isWhole ? ExitCode.OK : ExitCode.SOME_REJECTED;
        }

        /** A running notary signs each minute: older heads are those of an audit that was cut. */
        private void checkAge() {
            if (signedAt < 0) {
                fault(
                        keyFiles.size() > 1
                                ? "there are no heads that the newest key has signed"
                                : "there are no signed heads, so nothing shows whether the end is missing");
                return;
            }
            Duration age = Duration.between(Instant.ofEpochMilli(signedAt), Instant.now());
            if (age.compareTo(maxAge) > 0) {
                fault(
                        "the newest heads are of %s, expected at most %s ago: the notary does not run, or the end is missing"
                                .formatted(Instant.ofEpochMilli(signedAt), maxAge));
            }
        }

        /**
         * Reads the heads of the notary; those of others are none of ours.
         *
         * @param copy of the other site, or null
         * @param keys the oldest first; a former one signs nothing once the next has signed
         */
        private void readHeads(
                TopicReader reader,
                TopicReader copy,
                List<PublicKey> keys,
                Consumer<AuditHeads.Head> heads,
                Consumer<String> faults) {
            if (copy != null) {
                readHeads(copy, "the copy of ", keys, heads, faults);
            }
            readHeads(reader, "", keys, heads, faults);
        }

        private void readHeads(
                TopicReader reader,
                String where,
                List<PublicKey> keys,
                Consumer<AuditHeads.Head> heads,
                Consumer<String> faults) {
            int current = 0;
            for (TopicPartition each : reader.partitions(Topics.AUDIT_HEADS)) {
                Iterator<RawRecord> records = reader.read(each, reader.start(each));
                while (records.hasNext()) {
                    RawRecord record = records.next();
                    AuditHeads read = heads(record);
                    if (read != null && !read.name().equals(name)) {
                        continue;
                    }
                    int signer = signer(read, keys);
                    if (signer < current) {
                        faults.accept(
                                where
                                        + record.address()
                                        + (signer < 0
                                                ? " is not signed by the key"
                                                : " is signed by a key that was replaced before"));
                        continue;
                    }
                    current = signer;
                    read.heads().forEach(heads);
                    if (signer == keys.size() - 1) {
                        signedAt = Math.max(signedAt, read.time());
                    }
                }
            }
        }

        /** Which of the keys has signed, or -1. */
        private static int signer(AuditHeads heads, List<PublicKey> keys) {
            if (heads != null) {
                for (int i = 0; i < keys.size(); i++) {
                    if (HeadKeys.isSigned(heads, keys.get(i))) {
                        return i;
                    }
                }
            }
            return -1;
        }

        private static AuditHeads heads(RawRecord record) {
            try {
                return AuditHeads.CODEC.read(record.value());
            } catch (InvalidRecordException e) {
                return null;
            }
        }

        private Iterator<Stored> stored(TopicReader reader, TopicPartition partition) {
            Iterator<RawRecord> records = reader.read(partition, reader.start(partition));
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return records.hasNext();
                }

                @Override
                public Stored next() {
                    RawRecord record = records.next();
                    unread.put(partition, record.offset() + 1);
                    return new Stored(record.key(), record.value());
                }
            };
        }

        private void compare(TopicReader reader, SentMessages messages) {
            for (TopicPartition each : reader.partitions(Topics.AUDIT)) {
                long start = unread.getOrDefault(each, reader.start(each));
                reader.read(each, start)
                        .forEachRemaining(record -> addLater(each.partition(), record, messages));
            }
            long due = System.currentTimeMillis() - AUDITED_WITHIN.toMillis();
            for (TopicPartition each : audited(reader)) {
                reader.readCommitted(each, reader.start(each))
                        .forEachRemaining(sent -> messages.addSent(sent, sent.timestamp() < due));
            }
            messages.findings(starts(reader)).forEach(this::report);
            if (messages.pending() > 0) {
                say(
                        "Not yet in the audit: %d messages, the oldest of %s."
                                .formatted(
                                        messages.pending(),
                                        Instant.ofEpochMilli(messages.oldestPending())));
            }
        }

        private void compare(RecordedLookUps lookUps) {
            long due = System.currentTimeMillis() - AUDITED_WITHIN.toMillis();
            lookUps.findings(due).forEach(this::report);
            if (lookUps.pending(due) > 0) {
                say("Look-ups not yet in the audit: %d.".formatted(lookUps.pending(due)));
            }
        }

        private static void addLater(int partition, RawRecord record, SentMessages messages) {
            try {
                messages.addLater(partition, AuditRecord.CODEC.read(record.value()));
            } catch (InvalidRecordException e) {
                // The next verification finds it.
            }
        }

        private static Map<String, Long> starts(TopicReader reader) {
            return audited(reader).stream()
                    .collect(Collectors.toMap(TopicPartition::toString, reader::start));
        }

        private void report(Finding finding) {
            fault(
                    finding.number() < 0
                            ? "%s: %s".formatted(finding.fault(), finding.text())
                            : "partition %d, record %d: %s: %s"
                                    .formatted(
                                            finding.partition(),
                                            finding.number(),
                                            finding.fault(),
                                            finding.text()));
        }

        private void fault(String text) {
            isWhole = false;
            say(text);
        }

        private void say(String text) {
            spec.commandLine().getOut().println(text);
        }
    }
}
