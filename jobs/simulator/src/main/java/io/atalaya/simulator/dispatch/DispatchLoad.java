package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.dispatch.Buttons.Button;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of dispatch's sources at any rate, for benchmarks: each one of its own, so that none
 * repeats another. Calls, camera alerts and presses follow in turn.
 */
public final class DispatchLoad {
    /** So many cameras watch one place. */
    private static final int CAMERAS_OF_PLACE = 100;

    /** How far from the one place its events are, a normal distribution. */
    private static final double PLACE_METRES = 300;

    private static final double POINT_METRES = 10;

    private static final double LIKELY = 0.5;
    private static final double SURE = 0.95;

    private static final List<String> CODES =
            List.of("30101", "10201", "10104", "20101", "30102", "40101");

    private static final List<AlertType> ALERTS =
            List.of(
                    AlertType.LOITERING,
                    AlertType.CROWD,
                    AlertType.STOPPED_VEHICLE,
                    AlertType.ZONE_INTRUSION);

    private final SeededRandom random;
    private final Towns towns;
    private final Buttons buttons;
    private final Spot centre;
    private final List<Device> camerasOfPlace = new ArrayList<>();
    private int number;
    private int pressed;
    private long heartbeats;

    /** Where events happen. */
    public enum Area {
        /** In all towns of both sites. */
        STATE,
        /** Around one corner of one town. */
        ONE_PLACE,
        /** At that corner, about one thing: all are calls. */
        ONE_POINT
    }

    /**
     * @param start epoch ms
     * @param buttonCount number of help buttons
     */
    public DispatchLoad(long seed, long start, int buttonCount) {
        random = new SeededRandom(seed);
        towns = new Towns(seed, start, random.split());
        buttons = new Buttons(towns, buttonCount, random.split());
        centre = towns.centre("Toluca");
        for (int i = 1; i <= CAMERAS_OF_PLACE; i++) {
            camerasOfPlace.add(
                    Towns.device(
                            "CAM-P%04d".formatted(i),
                            Device.Kind.CAMERA,
                            centre.near(random, PLACE_METRES)));
        }
    }

    /** The registrations of all devices. */
    public List<TopicRecord> devices(long arrival) {
        SourceRecords records = new SourceRecords();
        List.of(towns.arches(), towns.cameras(), camerasOfPlace, buttons.devices())
                .forEach(devices -> records.register(devices, arrival));
        return records.byArrival();
    }

    /** The heartbeats of both sites. */
    public List<TopicRecord> presence(long time) {
        return CentreRecords.SITES.stream()
                .map(
                        site ->
                                new TopicRecord(
                                        Topics.SITE_PRESENCE,
                                        time,
                                        site,
                                        CentreRecords.presence(site, time)))
                .toList();
    }

    /** A button's sign of life; buttons take turns. */
    public TopicRecord heartbeat(long time) {
        return event(
                buttons.all().get((int) (heartbeats++ % buttons.all().size())),
                DeviceEvent.Kind.HEARTBEAT,
                time);
    }

    /** The next of calls, camera alerts and presses. */
    public TopicRecord event(Area area, long time) {
        return switch (++number % 10) {
            case 0, 1, 2, 3 -> call(area, time);
            case 4, 5, 6 -> area == Area.ONE_POINT ? call(area, time) : alert(area, time);
            // Buttons are not in one place.
            default -> area == Area.STATE ? press(time) : call(area, time);
        };
    }

    /** A read of a plate that is listed for a kidnapping, each time another one. */
    public TopicRecord kidnapping(Area area, long time) {
        number++;
        HotlistEntry entry =
                VehicleScenarios.kidnapping(random, "K" + number, "K%06d".formatted(number));
        Device arch = random.oneOf(area == Area.STATE ? towns.arches() : camerasOfPlace);
        return alert(Alerts.match(entry, arch, time, SURE, false), time);
    }

    private TopicRecord call(Area area, long time) {
        Spot spot =
                switch (area) {
                    case STATE -> towns.spot(random);
                    case ONE_PLACE -> centre.near(random, PLACE_METRES);
                    case ONE_POINT -> centre.near(random, POINT_METRES);
                };
        Call call =
                new Call.Emergency(
                        "B" + number,
                        time,
                        random.oneOf(CODES),
                        spot.place(random.between(10, 60)),
                        null,
                        "Reporte",
                        "es-MX",
                        null,
                        null,
                        false,
                        false,
                        null);
        return new TopicRecord(Topics.CALLS, time, call.callId(), CallCodec.write(call));
    }

    private TopicRecord alert(Area area, long time) {
        List<Device> cameras = area == Area.STATE ? towns.cameras() : camerasOfPlace;
        // In turn, because two alerts of one camera in one millisecond are the same alert.
        Device camera = cameras.get(number % cameras.size());
        return alert(
                Alerts.camera(random.oneOf(ALERTS), camera, time, random.between(LIKELY, SURE)),
                time);
    }

    private static TopicRecord alert(Alert alert, long time) {
        return new TopicRecord(Topics.ALERTS, time, alert.alertId(), AlertCodec.write(alert));
    }

    private TopicRecord press(long time) {
        return event(
                buttons.all().get(pressed++ % buttons.all().size()), DeviceEvent.Kind.PRESS, time);
    }

    private TopicRecord event(Button button, DeviceEvent.Kind kind, long time) {
        DeviceEvent event =
                new DeviceEvent(
                        kind + "-" + (kind == DeviceEvent.Kind.PRESS ? pressed : heartbeats),
                        button.deviceId(),
                        kind,
                        time,
                        null,
                        null,
                        null,
                        button.premises(),
                        button.openingHours(),
                        null,
                        null);
        return new TopicRecord(
                Topics.DEVICE_EVENTS, time, event.deviceId(), DeviceEvent.CODEC.write(event));
    }
}
