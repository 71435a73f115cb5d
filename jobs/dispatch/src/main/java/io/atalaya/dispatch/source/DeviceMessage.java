package io.atalaya.dispatch.source;

import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.device.DeviceChange;

/** What is learned about one device. */
public sealed interface DeviceMessage extends Traceable {
    String deviceId();

    /** Arrival time, epoch ms. */
    long arrivalTime();

    /**
     * An event of a button, zone or door.
     *
     * @param position in topic {@code device-events}
     */
    record Happened(DeviceEvent event, long arrivalTime, RecordPosition position)
            implements DeviceMessage {
        @Override
        public String deviceId() {
            return event.deviceId();
        }

        @Override
        public Origin origin() {
            return Origin.of(
                    deviceId(), position.in(Topics.DEVICE_EVENTS), DeviceEvent.CODEC.write(event));
        }
    }

    /** Its registration changed. */
    record Registered(DeviceChange change) implements DeviceMessage {
        @Override
        public String deviceId() {
            return change.deviceId();
        }

        @Override
        public long arrivalTime() {
            return change.arrivalTime();
        }

        @Override
        public Origin origin() {
            return change.origin();
        }
    }
}
