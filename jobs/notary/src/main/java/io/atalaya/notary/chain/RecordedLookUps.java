package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.notary.chain.Verifier.Fault;
import io.atalaya.notary.chain.Verifier.Finding;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the audit with the look-ups that programs such as the console have recorded. A person
 * who can write to a console's database can compute its whole chain of hashes again, but the audit
 * still has the former hashes.
 */
public final class RecordedLookUps {
    /** The id of a look-up is the beginning of its record's hash. */
    private static final int ID_LENGTH = 32;

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18}) ([0-9a-f]{64})");

    private final List<Recording> recordings = new ArrayList<>();
    private long unknown;
    private Envelope firstUnknown;

    /** What one program has recorded. */
    private static final class Recording {
        private final Path file;
        private final Map<String, LookUp> lookUps = new HashMap<>();
        private long newest;

        /** The highest number that is in the audit. */
        private long audited = -1;

        Recording(Path file) {
            this.file = file;
        }

        private Stream<LookUp> unaudited() {
            return lookUps.values().stream().filter(each -> !each.isAudited);
        }

        private boolean isDue(LookUp lookUp, long due) {
            return lookUp.number < audited || lookUp.time < due;
        }
    }

    private static final class LookUp {
        private final long number;
        private final long time;
        private boolean isAudited;

        LookUp(long number, long time) {
            this.number = number;
            this.time = time;
        }
    }

    private RecordedLookUps() {}

    /** Reads files with a line {@code NUMBER TIME HASH} for each look-up. */
    public static RecordedLookUps read(List<Path> files) throws IOException {
        RecordedLookUps all = new RecordedLookUps();
        for (Path file : files) {
            Recording recording = new Recording(file);
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher found = LINE.matcher(line);
                    if (!found.matches()) {
                        throw new IOException(
                                file + ": got " + line + ", expected NUMBER TIME HASH");
                    }
                    long time = Long.parseLong(found.group(2));
                    recording.newest = Math.max(recording.newest, time);
                    recording.lookUps.put(
                            found.group(3).substring(0, ID_LENGTH),
                            new LookUp(Long.parseLong(found.group(1)), time));
                }
            } catch (NoSuchFileException e) {
                throw new IOException("there is no " + file, e);
            }
            all.recordings.add(recording);
        }
        return all;
    }

    /** Takes a record of the audit. */
    public void addAudited(AuditRecord record) {
        Envelope envelope = record.envelope();
        if (envelope.id() == null || !envelope.topic().equals(Topics.LOOK_UPS)) {
            return;
        }
        boolean isKnown = false;
        for (Recording each : recordings) {
            LookUp lookUp = each.lookUps.get(envelope.id());
            if (lookUp != null) {
                lookUp.isAudited = true;
                each.audited = Math.max(each.audited, lookUp.number);
                isKnown = true;
            }
        }
        // What a program has recorded since its file was written is not in the file.
        boolean isCovered = recordings.stream().allMatch(each -> envelope.time() <= each.newest);
        if (!isKnown && isCovered) {
            unknown++;
            if (firstUnknown == null || envelope.time() < firstUnknown.time()) {
                firstUnknown = envelope;
            }
        }
    }

    /**
     * What is wrong, when all records were taken.
     *
     * @param due a look-up from before this time must be in the audit
     */
    public List<Finding> findings(long due) {
        List<Finding> findings = new ArrayList<>();
        if (unknown > 0) {
            findings.add(
                    new Finding(
                            -1,
                            -1,
                            Fault.MISSING,
                            "%d look-ups of the audit were removed or changed by the program, the first is of %s (%s)"
                                    .formatted(
                                            unknown,
                                            Instant.ofEpochMilli(firstUnknown.time()),
                                            firstUnknown.id())));
        }
        for (Recording each : recordings) {
            each.unaudited()
                    .filter(lookUp -> each.isDue(lookUp, due))
                    .mapToLong(lookUp -> lookUp.number)
                    .min()
                    .ifPresent(
                            number ->
                                    findings.add(
                                            new Finding(
                                                    -1,
                                                    -1,
                                                    Fault.CHANGED,
                                                    each.file
                                                            + ": look-up "
                                                            + number
                                                            + " is not in the audit: it was changed, inserted or never sent")));
        }
        return findings;
    }

    /**
     * How many look-ups the notary has not come to yet.
     *
     * @param due as for {@link #findings}
     */
    public long pending(long due) {
        return recordings.stream()
                .flatMap(each -> each.unaudited().filter(lookUp -> !each.isDue(lookUp, due)))
                .count();
    }
}
