package io.atalaya.dispatch.source;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.device.DeviceChange;

/**
 * A message that may be evidence, or what it is read by.
 *
 * @param arrivalTime of its record, epoch ms
 * @param address of its record
 */
public record SourceMessage(long arrivalTime, RecordAddress address, Content content)
        implements Traceable {

    /** What the record says. */
    public sealed interface Content {
        /** Names what it is about; after a failure only this is paused. */
        String subject();
    }

    /** An alert of another job. */
    public record OfAlert(Alert alert) implements Content {
        @Override
        public String subject() {
            return "alert:" + alert.alertId();
        }
    }

    /** A call. */
    public record OfCall(Call call) implements Content {
        @Override
        public String subject() {
            return "call:" + call.callId();
        }
    }

    /** A public warning. */
    public record OfWarning(PublicWarning warning) implements Content {
        @Override
        public String subject() {
            return "warning:" + warning.sender() + "," + warning.identifier();
        }
    }

    /**
     * What another agency sends.
     *
     * @param record as received, because a rejected one is kept whole
     */
    public record OfNational(RawRecord record) implements Content {
        @Override
        public String subject() {
            return "national:" + RecordKey.text(record.key());
        }
    }

    /** The registration of a device changed. */
    public record OfDevice(DeviceChange change) implements Content {
        @Override
        public String subject() {
            return "device:" + change.deviceId();
        }
    }

    /** Another policy comes into force. */
    public record OfPolicy(PolicyUpdate update) implements Content {
        @Override
        public String subject() {
            return "policy";
        }
    }

    /** Without the content, because calls must not be quoted. */
    @Override
    public Origin origin() {
        String deviceId = content instanceof OfAlert alert ? alert.alert().deviceId() : null;
        return Origin.described(deviceId, address, content.subject());
    }
}
