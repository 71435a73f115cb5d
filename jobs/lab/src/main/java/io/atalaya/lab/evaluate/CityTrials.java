package io.atalaya.lab.evaluate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.evaluate.camera.AnalyzerReplay;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.condition.Conditions;
import io.atalaya.simulator.condition.Degradation;
import io.atalaya.simulator.recording.GeneratedCities;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs the cameras of several cities under several conditions through the camera job's analyzers.
 * Each city is generated once, and degraded again for each condition.
 */
final class CityTrials {
    private final List<Conditions> conditions;

    /** The alerts of a city's cameras under one condition. */
    private static final class Trial {
        private final Degradation degradation;
        private final AnalyzerReplay replay = new AnalyzerReplay();
        private GroundTruth truth;
        private List<ScoredAlert> revisions;

        private Trial(Conditions conditions, long seed) {
            degradation = new Degradation(conditions, seed);
        }

        private void add(TopicRecord record) {
            try {
                TopicRecord degraded = degradation.degrade(record);
                if (degraded != null) {
                    replay.add(degraded);
                }
            } catch (InvalidRecordException e) {
                throw new UnreadableInputException(record.topic() + ": " + e.getMessage(), e);
            }
        }

        private void end(GroundTruth clear) {
            truth = degradation.truth(clear);
            revisions = replay.revisions();
        }
    }

    CityTrials(List<Conditions> conditions) {
        this.conditions = conditions;
    }

    /** Runs the cities of our own simulator. Returns one scorer for each condition. */
    List<CameraScorer> ofSimulated(List<Long> seeds, LongFunction<CityOptions> options) {
        return run(
                seeds,
                seed -> {
                    City city = SampleCity.generate(options.apply(seed));
                    List<Trial> trials = trials(seed, city.truth());
                    while (city.hasNext()) {
                        TopicRecord record = city.next();
                        trials.forEach(trial -> trial.add(record));
                    }
                    trials.forEach(trial -> trial.end(city.truth()));
                    return trials;
                });
    }

    /** Runs cities of an external generator. */
    List<CameraScorer> ofGenerated(List<Long> seeds, GeneratedCities cities) {
        return run(
                seeds,
                seed -> {
                    Path city = city(cities, seed);
                    GroundTruth truth = InputFiles.truth(city.resolve("truth.json"));
                    List<Trial> trials = trials(seed, truth);
                    try (MergedRecords records =
                            Recording.in(city)
                                    .open(
                                            EnumSet.of(
                                                    InputTopic.DEVICES,
                                                    InputTopic.CAMERA_FRAMES))) {
                        while (records.hasNext()) {
                            TopicRecord record = records.next();
                            trials.forEach(trial -> trial.add(record));
                        }
                    }
                    trials.forEach(trial -> trial.end(truth));
                    return trials;
                });
    }

    private static Path city(GeneratedCities cities, long seed) {
        try {
            return cities.city(seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException("interrupted", new InterruptedIOException());
        }
    }

    private List<Trial> trials(long seed, GroundTruth clear) {
        return conditions.stream().map(each -> new Trial(over(each, clear), seed)).toList();
    }

    /** The conditions over the whole time of a recording. */
    static Conditions over(Conditions conditions, GroundTruth clear) {
        int length =
                clear.cameraMinutes() == null
                        ? clear.minutes()
                        : Math.max(clear.minutes(), clear.cameraMinutes());
        return conditions.over(clear.start(), clear.start() + length * 60_000L);
    }

    /** One scorer for each condition. The cities run in parallel, and are scored in order. */
    private List<CameraScorer> run(List<Long> seeds, LongFunction<List<Trial>> city) {
        List<List<Trial>> cities = seeds.stream().parallel().map(city::apply).toList();
        List<CameraScorer> scorers = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            CameraScorer scorer = new CameraScorer();
            for (int j = 0; j < seeds.size(); j++) {
                Trial trial = cities.get(j).get(i);
                scorer.add("city " + seeds.get(j) + ": ", trial.truth, trial.revisions);
            }
            scorers.add(scorer);
        }
        return scorers;
    }
}
