package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Announcement.Purpose;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OutreachPrinterTest {
    private static final long TIME = 1_772_539_200_000L;

    private final OutreachPrinter printer =
            new OutreachPrinter(Language.EN, AnsiColor.PLAIN, ZoneOffset.UTC);

    private static Announcement announcement(String deviceId, long revision, Purpose purpose) {
        return new Announcement(
                "A-" + deviceId,
                deviceId,
                revision,
                purpose,
                "0123abcdef",
                "seismic-warning",
                100,
                false,
                "Alerta sísmica.",
                null,
                TIME + 60_000,
                null);
    }

    @Test
    void anAnnouncementIsPrintedOnceForAllLoudspeakers() {
        assertThat(printer.lastAnnouncement()).isNull();
        assertThat(printer.onAnnouncement(announcement("S-1", TIME, Purpose.PLAY))).isNull();
        assertThat(printer.onAnnouncement(announcement("S-2", TIME, Purpose.PLAY))).isNull();
        assertThat(printer.onAnnouncement(announcement("S-1", TIME + 1_000, Purpose.WITHDRAWN)))
                .isEqualTo("12:00:00 LOUDSPEAKERS plays on 2: Alerta sísmica.  #0123abcd");
        assertThat(printer.lastAnnouncement())
                .isEqualTo("12:00:01 LOUDSPEAKERS stops on 1: Alerta sísmica.  #0123abcd");
        assertThat(printer.lastAnnouncement()).isNull();
    }

    @Test
    void aWallIsPrintedWithItsPanels() {
        Wall.Panel panel = new Wall.Panel(2, "CAM-7", "0123abcdef", 182.4, true);
        assertThat(printer.onWall(new Wall("TOLUCA", TIME, 6, List.of(panel))))
                .isEqualTo("12:00:00 WALL TOLUCA  2: CAM-7, 182 m ahead from #0123abcd");
        assertThat(printer.onWall(new Wall("TOLUCA", TIME, 6, List.of())))
                .endsWith("TOLUCA  nothing to show");
    }

    @Test
    void aTaskIsPrintedWithItsFlight() {
        DroneTask task =
                new DroneTask(
                        "T",
                        "0123abcdef",
                        TIME,
                        "DRON-04",
                        DroneTask.Status.PROPOSED,
                        "duress",
                        95,
                        "TOLUCA",
                        new Place(19.29, -99.65, 20),
                        812,
                        54,
                        74,
                        TIME + 120_000,
                        null,
                        null);
        assertThat(printer.onTask(task))
                .isEqualTo(
                        "12:00:00 DRONE DRON-04 proposed; 812 m away, 54 s of flight, 74 % of battery on return  #0123abcd");
    }
}
