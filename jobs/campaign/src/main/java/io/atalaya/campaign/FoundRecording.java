package io.atalaya.campaign;

import io.atalaya.campaign.World.Plan;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.testutils.Backend;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A finding as a recording, with the plan that reproduces it. */
final class FoundRecording {
    private static final String PLAN = "campaign.properties";

    private FoundRecording() {}

    static void write(World world, Finding finding, Path directory) throws IOException {
        try (RecordingWriter recording = new RecordingWriter(directory)) {
            for (TopicRecord record : world.records()) {
                recording.write(record);
            }
        }
        Plan plan = world.plan();
        Properties properties = new Properties();
        properties.setProperty("finding", finding.signature());
        properties.setProperty("detail", finding.detail());
        properties.setProperty("world", world.name());
        properties.setProperty("seed", String.valueOf(plan.seed()));
        properties.setProperty("mixed", String.valueOf(plan.isMixed()));
        properties.setProperty("watermarkLag", String.valueOf(plan.watermarkLag()));
        properties.setProperty("snapshotEvery", String.valueOf(plan.snapshotEvery()));
        properties.setProperty("backend", plan.backend().name());
        properties.setProperty("warmUpMinutes", String.valueOf(plan.warmUpMinutes()));
        properties.setProperty("plateImages", String.valueOf(plan.hasPlateImages()));
        try (Writer writer = Files.newBufferedWriter(directory.resolve(PLAN))) {
            properties.store(writer, null);
        }
    }

    /** Reads a recording; one without a plan is run in order. */
    static World read(Path directory) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(directory.resolve(PLAN))) {
            try (Reader reader = Files.newBufferedReader(directory.resolve(PLAN))) {
                properties.load(reader);
            }
        }
        Plan plan =
                new Plan(
                        Long.parseLong(properties.getProperty("seed", "1")),
                        Boolean.parseBoolean(properties.getProperty("mixed", "false")),
                        Long.parseLong(properties.getProperty("watermarkLag", "0")),
                        Integer.parseInt(properties.getProperty("snapshotEvery", "0")),
                        Backend.valueOf(properties.getProperty("backend", "HEAP")),
                        Integer.parseInt(properties.getProperty("warmUpMinutes", "20")),
                        Boolean.parseBoolean(properties.getProperty("plateImages", "false")));
        return new World(directory.toString(), plan, Worlds.records(directory));
    }
}
