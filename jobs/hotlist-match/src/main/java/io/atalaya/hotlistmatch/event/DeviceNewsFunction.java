package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.device.DeviceChange;

import org.apache.flink.api.common.functions.MapFunction;

/** Registrations of devices as news. */
public final class DeviceNewsFunction implements MapFunction<DeviceChange, News> {
    private static final long serialVersionUID = 1L;

    @Override
    public News map(DeviceChange change) {
        return new News.OfDevice(change);
    }
}
