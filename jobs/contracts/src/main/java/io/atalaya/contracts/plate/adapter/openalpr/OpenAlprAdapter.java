package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.adapter.PlateAdapter;

import java.util.List;

/**
 * OpenALPR and Rekor Scout agents, data versions 1 to 3: {@code alpr_group} (a vehicle), {@code
 * alpr_results} (an image) and {@code alpr_alert} (a vehicle on the agent's own list, with its
 * group). A group revises the reads of its earlier messages, such as its preview.
 */
public final class OpenAlprAdapter implements PlateAdapter {
    @Override
    public List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            return new AlprMessage(deviceId).reads(in);
        }
    }
}
