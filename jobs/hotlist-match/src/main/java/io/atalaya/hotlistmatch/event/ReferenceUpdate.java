package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.device.DeviceChange;

/**
 * Reference data for scoring, read history and covert handling. One merged broadcast stream,
 * because a Flink operator has at most two inputs.
 */
public sealed interface ReferenceUpdate extends Traceable {
    /** The list changed. */
    record HotlistChanged(ListDelta delta) implements ReferenceUpdate {
        @Override
        public Origin origin() {
            return delta.origin();
        }
    }

    /** A device was registered, moved or removed. */
    record DeviceChanged(DeviceChange change) implements ReferenceUpdate {
        @Override
        public Origin origin() {
            return change.origin();
        }
    }

    /** A version of a covert entry began or ended. */
    record CovertEntryChanged(CovertVersion version) implements ReferenceUpdate {
        @Override
        public Origin origin() {
            return Origin.described(null, version.position().in(Topics.HOTLIST), version);
        }
    }

    /**
     * Dispositions change what the calibration record of a device or list adds to the score.
     *
     * @param inForceFrom arrival time of the disposition that caused it, epoch ms
     * @param offset null: the subject is evicted, because it received no disposition for a long
     *     time
     * @param position of that disposition in topic {@code dispositions}; unknown where there is no
     *     disposition
     */
    record CalibrationChanged(
            CalibrationSubject subject,
            long inForceFrom,
            CalibrationOffset offset,
            RecordPosition position)
            implements ReferenceUpdate {
        @Override
        public Origin origin() {
            return Origin.described(subject.deviceId(), position.in(Topics.DISPOSITIONS), this);
        }
    }
}
