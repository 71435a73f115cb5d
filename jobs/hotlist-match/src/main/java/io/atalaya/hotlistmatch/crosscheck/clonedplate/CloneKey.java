package io.atalaya.hotlistmatch.crosscheck.clonedplate;

/**
 * What makes a clone's identity: the plate and the first pair of reads that proved it.
 *
 * @param plate packed canonical plate
 * @param first readKey of the earlier sighting
 * @param second readKey of the later one
 * @param time of the later one, epoch ms: pairs within a day of it are the same clone
 * @param arrival when both had arrived, epoch ms
 */
public record CloneKey(long plate, String first, String second, long time, long arrival) {

    /** Whether both are of one pair of reads. */
    boolean isSame(CloneKey other) {
        return plate == other.plate && first.equals(other.first) && second.equals(other.second);
    }
}
