package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code truth.jsonl}: something that really happened, and the events that are about
 * it. Each event belongs to one.
 *
 * @param incidentId unique in the file; no id of the job
 * @param kind a kind of the policy, or {@code test}, {@code accident} or {@code hang-up}
 * @param time when it began, epoch ms
 * @param arrival arrival time of the first record about it, epoch ms
 * @param place where it happened, or null for what has no place
 * @param site that has to handle it, or null for what concerns all
 * @param priority how urgent it is, 0 to 100
 * @param covert only for those whom the entry names
 * @param events event ids, as in {@code Incident.events}
 */
public record TrueIncident(
        String incidentId,
        String kind,
        Subject subject,
        Outcome outcome,
        @EpochMillis long time,
        @EpochMillis long arrival,
        Place place,
        String site,
        int priority,
        boolean covert,
        List<String> events) {
    public static final String FILE = "truth.jsonl";

    public static final RecordCodec<TrueIncident> CODEC =
            new RecordCodec<>(TrueIncident.class, 16 * 1024 * 1024);

    public TrueIncident {
        Field.text("incidentId", incidentId, 1, 128);
        Field.required("kind", kind);
        Field.required("subject", subject);
        Field.required("outcome", outcome);
        Field.time("time", time);
        Field.time("arrival", arrival);
        Field.integer("priority", priority, 0, 100);
        events = Field.texts("events", events, 100_000, 1024);
    }

    /** What it is about; events of different subjects never belong together. */
    public enum Subject {
        VEHICLE,
        PLACE,
        DEVICE,
        WARNING
    }

    /** What a person who looks into it finds. */
    public enum Outcome {
        REAL,
        /** Nothing, but only a person can know that. */
        FALSE_ALARM,
        /** Nothing, and the sources say so: no site is to be notified. */
        NOTHING
    }

    /** Whether a person is to be notified. */
    public boolean isNotified() {
        return outcome != Outcome.NOTHING;
    }

    /** Writes a {@code truth.jsonl}. */
    public static void write(Path file, List<TrueIncident> incidents) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (TrueIncident incident : incidents) {
                out.write(CODEC.write(incident));
                out.write('\n');
            }
        }
    }

    /**
     * Reads a {@code truth.jsonl}.
     *
     * @throws IllegalArgumentException that names the file, the line and the field
     */
    public static List<TrueIncident> read(Path file) throws IOException {
        List<TrueIncident> incidents = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    incidents.add(CODEC.read(lines.get(i).getBytes(StandardCharsets.UTF_8)));
                } catch (InvalidRecordException e) {
                    throw new IllegalArgumentException(
                            file + ":" + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return incidents;
    }
}
