package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.util.List;

/**
 * One message of topic {@code videowall}: which camera is on which panel of a site's wall.
 *
 * @param revision a time, epoch ms; above the site's previous one
 * @param size how many panels the wall has
 * @param panels those that show a camera, in order
 */
public record Wall(String site, @EpochMillis long revision, int size, List<Panel> panels) {
    public static final RecordCodec<Wall> CODEC = new RecordCodec<>(Wall.class, 128 * 1024);

    public static final int MAX_PANELS = 100;

    public Wall {
        Field.visible("site", site, Limits.MAX_NAME);
        Field.time("revision", revision);
        Field.integer("size", size, 0, MAX_PANELS);
        panels = Field.list("panels", panels, MAX_PANELS);
    }

    /**
     * A panel with a camera.
     *
     * @param number from 1
     * @param deviceId of the camera
     * @param incidentId why it is shown
     * @param ahead whether the incident's vehicle is on its way to the camera
     */
    public record Panel(
            int number, String deviceId, String incidentId, double distanceMetres, boolean ahead) {
        public Panel {
            Field.integer("number", number, 1, MAX_PANELS);
            Limits.id("deviceId", deviceId);
            Limits.id("incidentId", incidentId);
            distanceMetres = Field.number("distanceMetres", distanceMetres, 0, 1_000_000);
        }
    }
}
