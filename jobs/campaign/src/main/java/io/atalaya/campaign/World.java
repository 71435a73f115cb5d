package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.testutils.Backend;

import java.util.List;

/**
 * Records in order of arrival, and how they are put through the jobs.
 *
 * @param name says what it was made of
 */
record World(String name, Plan plan, List<TopicRecord> records) {

    /**
     * How the records reach the steps.
     *
     * @param seed of the order between edges, of checkpoints and restarts
     * @param mixed whether elements of different edges overtake each other
     * @param watermarkLag how far the watermarks stay behind the newest record, ms
     * @param snapshotEvery records between two checkpoints; every other one is a restart; 0: none
     * @param warmUpMinutes of the cameras' scenes: short ones have detectors work in short worlds
     * @param plateImages whether images are read again
     */
    record Plan(
            long seed,
            boolean mixed,
            long watermarkLag,
            int snapshotEvery,
            Backend backend,
            int warmUpMinutes,
            boolean plateImages) {

        /** As one subtask of each step gets records from a broker that keeps up. */
        static Plan plain(long seed, int warmUpMinutes) {
            return new Plan(seed, false, 0, 0, Backend.HEAP, warmUpMinutes, false);
        }

        Plan inOrder() {
            return new Plan(seed, false, 0, 0, Backend.HEAP, warmUpMinutes, plateImages);
        }
    }

    World with(List<TopicRecord> others) {
        return new World(name, plan, others);
    }

    World with(Plan other) {
        return new World(name, other, records);
    }
}
