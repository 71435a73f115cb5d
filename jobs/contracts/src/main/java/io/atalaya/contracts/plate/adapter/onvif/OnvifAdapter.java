package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifMessage;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.adapter.PlateAdapter;

import java.util.ArrayList;
import java.util.List;

/**
 * ONVIF Profile M, as XML and as JSON: plates among the objects of a metadata stream's frames, and
 * events of a plate recognition. All other content of such a stream is skipped.
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
