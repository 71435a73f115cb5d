package io.atalaya.plate.vendor.onvif;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.onvif.OnvifElement;
import io.atalaya.onvif.OnvifMessage;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.vendor.PlateAdapter;

import java.util.ArrayList;
import java.util.List;

/**
 * ONVIF Profile M, as XML and as JSON: plates among the objects of a metadata stream's frames, and
 * events of a plate recognition. Whatever else such a stream carries is passed over.
 */
public final class OnvifAdapter implements PlateAdapter {
    @Override
    public List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException {
        OnvifElement root = OnvifMessage.read(message, MAX_BYTES);
        List<PlateRead> reads = new ArrayList<>();
        for (OnvifElement frame : root.all(e -> e.name().equals("Frame"))) {
            for (OnvifElement object : frame.children()) {
                if (object.name().equals("Object")) {
                    new PlateObject(frame, object, deviceId).read().ifPresent(reads::add);
                }
            }
        }
        for (OnvifElement event : root.all(PlateEvent::isEvent)) {
            for (OnvifElement data : event.children("Data")) {
                reads.addAll(new PlateEvent(event, data, deviceId).reads());
            }
        }
        return reads;
    }
}
