package io.atalaya.console;

import io.atalaya.console.connection.Broker;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.topic.Topics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * The console with a broker and invented records, for work on the browser's part. Arguments: port,
 * broker's port, alerts a second, devices, directory of the build.
 */
final class DevServer {
    private DevServer() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        double rate = Double.parseDouble(args[2]);
        int devices = Integer.parseInt(args[3]);
        Path directory = Files.createTempDirectory("console-dev");
        TestBroker broker = new TestBroker(directory.resolve("kafka"), Integer.parseInt(args[1]));
        Broker to = new Broker(TestBroker.settings(Map.of("bootstrap.servers", broker.address())));
        Random random = new Random(1);
        for (int i = 0; i < devices; i++) {
            Device device =
                    Samples.device(
                            "ARCH-" + i,
                            Device.Kind.values()[i % Device.Kind.values().length],
                            19.0 + random.nextDouble(),
                            -99.9 + random.nextDouble());
            to.send(Topics.DEVICES, device.deviceId(), Device.CODEC.write(device), Map.of());
        }
        for (int i = 0; i < 20; i++) {
            send(to, random, i % devices);
        }
        Console.start(
                "--server.port=" + port,
                "--console.bootstrap-servers=" + broker.address(),
                "--console.data=" + directory.resolve("console"),
                "--console.web=" + (args.length > 4 ? args[4] : ""));
        for (long n = 0; ; n++) {
            Thread.sleep((long) (1000 / rate));
            send(to, random, random.nextInt(devices));
            if (n % 20 == 0) {
                to.send(
                        Topics.SITE_PRESENCE,
                        "TOLUCA",
                        SitePresence.CODEC.write(
                                new SitePresence(
                                        "TOLUCA",
                                        List.of(
                                                new SitePresence.Position(
                                                        "TOLUCA-01", "ana", false)),
                                        System.currentTimeMillis())),
                        Map.of());
            }
        }
    }

    private static void send(Broker to, Random random, int device) {
        long now = System.currentTimeMillis();
        String id = UUID.randomUUID().toString().substring(0, 16);
        String plate = String.format("N%cR48%02d", 'A' + random.nextInt(20), random.nextInt(99));
        int kind = random.nextInt(10);
        Alert alert =
                kind < 4
                        ? Samples.hit(
                                id,
                                now,
                                "ARCH-" + device,
                                plate,
                                "STOLEN_VEHICLE",
                                70,
                                false,
                                List.of())
                        : kind < 5
                                ? Samples.hit(
                                        id,
                                        now,
                                        "ARCH-" + device,
                                        plate,
                                        "KIDNAPPING",
                                        100,
                                        false,
                                        List.of())
                                : kind < 7
                                        ? Samples.camera(
                                                id,
                                                AlertType.CROWD,
                                                now,
                                                "ARCH-" + device,
                                                40,
                                                Alert.Action.REVIEW)
                                        : kind < 8
                                                ? Samples.camera(
                                                        id,
                                                        AlertType.CAMERA_SILENT,
                                                        now,
                                                        "ARCH-" + device,
                                                        20,
                                                        Alert.Action.REVIEW)
                                                : Samples.camera(
                                                        id,
                                                        AlertType.ABANDONED_OBJECT,
                                                        now,
                                                        "ARCH-" + device,
                                                        60,
                                                        Alert.Action.ALERT);
        to.send(Topics.ALERTS, id, AlertCodec.write(alert), Map.of());
        if (kind == 0 || kind == 4) {
            Incident incident =
                    Samples.incident(
                            "inc-" + id,
                            now,
                            Incident.Kind.VEHICLE,
                            kind == 4 ? "kidnapping" : "stolen-vehicle",
                            Incident.Status.OPEN,
                            kind == 4 ? 100 : 75,
                            "TOLUCA",
                            plate,
                            List.of(id),
                            List.of(),
                            false,
                            List.of());
            to.send(
                    Topics.INCIDENTS,
                    incident.incidentId(),
                    Incident.CODEC.write(incident),
                    Map.of());
        }
    }
}
