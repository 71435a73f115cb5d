package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.testutils.Backend;

import java.util.List;

/**
 * Records in order of arrival, and the way they are fed to the jobs.
 *
 * @param name describes its origin
 */
record World(String name, Plan plan, List<TopicRecord> records) {

    /**
     * The way the records reach the steps.
     *
     * @param seed seed for the order between edges, for checkpoints and restarts
     * @param isMixed whether elements of different edges overtake each other
     * @param watermarkLag lag of the watermarks behind the newest record, ms
     * @param snapshotEvery records between two checkpoints, every other one with a restart; 0 for
     *     none
     * @param warmUpMinutes warm-up of the cameras' scenes: a short one lets detectors work in short
     *     worlds
     * @param hasPlateImages whether OCR verification is on
     */
    record Plan(
            long seed,
            boolean isMixed,
            long watermarkLag,
            int snapshotEvery,
            Backend backend,
            int warmUpMinutes,
            boolean hasPlateImages) {

        /** The order in which one subtask per step receives records from a broker that keeps up. */
        static Plan plain(long seed, int warmUpMinutes) {
            return new Plan(seed, false, 0, 0, Backend.HEAP, warmUpMinutes, false);
        }

        Plan inOrder() {
            return new Plan(seed, false, 0, 0, Backend.HEAP, warmUpMinutes, hasPlateImages);
        }
    }

    World with(List<TopicRecord> others) {
        return new World(name, plan, others);
    }

    World with(Plan other) {
        return new World(name, other, records);
    }
}
