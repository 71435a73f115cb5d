package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.device.DeviceChange;

import org.apache.flink.api.common.functions.MapFunction;

/** Maps registrations of devices to reference updates. */
public final class DeviceUpdateFunction implements MapFunction<DeviceChange, ReferenceUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public ReferenceUpdate map(DeviceChange change) {
        return new ReferenceUpdate.DeviceChanged(change);
    }
}
