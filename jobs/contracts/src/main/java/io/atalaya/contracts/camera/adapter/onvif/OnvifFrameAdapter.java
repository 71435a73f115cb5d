package io.atalaya.contracts.camera.adapter.onvif;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameAdapter;
import io.atalaya.contracts.camera.adapter.FrameDraft;
import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifMessage;
import io.atalaya.contracts.onvif.OnvifTime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of an ONVIF metadata stream (Profile M), as XML and as JSON. Events, camera positions
 * and mere motion are skipped. Frames of one time in one message, one from each analytics module,
 * become one frame.
 */
public final class OnvifFrameAdapter implements FrameAdapter {
    private final BoxUnits units;

    public OnvifFrameAdapter(BoxUnits units) {
        this.units = units;
    }

    @Override
    public List<CameraFrame> read(byte[] message, String deviceId) throws InvalidRecordException {
        OnvifElement root = OnvifMessage.read(message, MAX_BYTES);
        Map<Long, FrameDraft> drafts = new LinkedHashMap<>();
        for (OnvifElement frame : root.all(e -> e.name().equals("Frame"))) {
            if (isOfObjects(frame)) {
                long time = OnvifTime.utc(frame.path() + ".UtcTime", frame.attribute("UtcTime"));
                FrameDraft draft = drafts.get(time);
                if (draft == null) {
                    draft = new FrameDraft(DeviceKey.require(deviceId), time, null);
                }
                if (new MetadataFrame(frame, units.onvifGrid()).addTo(draft)) {
                    drafts.put(time, draft);
                }
            }
        }
        List<CameraFrame> frames = new ArrayList<>(drafts.size());
        drafts.values().forEach(draft -> frames.add(draft.whole()));
        return frames;
    }

    /**
     * Whether the frame is about objects. A motion detector's frames have cells and never objects,
     * so they do not mean that the objects of another module are gone; an empty frame does.
     */
    private static boolean isOfObjects(OnvifElement frame) {
        return frame.child("Object") != null || frame.at("Extension", "MotionInCells") == null;
    }
}
