package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.device.DeviceChange;

/**
 * One input of {@link Outreach}.
 *
 * @param arrivalTime of its record or cause, epoch ms
 * @param address of its record, or null where it comes from none
 */
public record OutreachInput(long arrivalTime, RecordAddress address, Content content)
        implements Traceable {

    /** What the record says. */
    public sealed interface Content {
        /** Names what it is about; after a failure only this is paused. */
        String subject();
    }

    /** A revision of an incident. */
    public record Revised(IncidentSummary incident) implements Content {
        @Override
        public String subject() {
            return "incident:" + incident.incidentId();
        }
    }

    /** The registration of a device changed. */
    public record Registered(DeviceChange change) implements Content {
        @Override
        public String subject() {
            return "device:" + change.deviceId();
        }
    }

    /** The state of a drone. */
    public record Reported(Drone drone) implements Content {
        @Override
        public String subject() {
            return "drone:" + drone.droneId();
        }
    }

    /** A person's answer to a proposed drone. */
    public record Answered(DispatchResponse response) implements Content {
        @Override
        public String subject() {
            return "incident:" + response.incidentId();
        }
    }

    /** What became of an announcement. */
    public record Received(Delivery receipt) implements Content {
        @Override
        public String subject() {
            return "device:" + receipt.deviceId();
        }
    }

    /** Another policy comes into force. */
    public record Governed(PolicyUpdate update) implements Content {
        @Override
        public String subject() {
            return "policy";
        }
    }

    @Override
    public Origin origin() {
        String deviceId =
                content instanceof Registered registered ? registered.change.deviceId() : null;
        return Origin.described(deviceId, address, content.subject());
    }
}
