package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CloudEventRecords;

import java.util.Locale;

/** The records of outreach's topics, as their schemas describe them. */
final class OutreachRecords {
    private final CloudEventRecords events;

    OutreachRecords(String job) {
        events = new CloudEventRecords(job);
    }

    /**
     * @param time arrival time of its cause, epoch ms
     */
    RawRecord announcement(Announcement announcement, long time) {
        return record(
                Topics.ANNOUNCEMENTS,
                time,
                announcement.announcementId(),
                announcement.revision(),
                "announcement." + announcement.purpose(),
                announcement.deviceId(),
                Announcement.CODEC.write(announcement));
    }

    RawRecord wall(Wall wall, long time) {
        return record(
                Topics.VIDEOWALL,
                time,
                wall.site(),
                wall.revision(),
                "wall." + wall.site(),
                wall.site(),
                Wall.CODEC.write(wall));
    }

    RawRecord task(DroneTask task, long time) {
        return record(
                Topics.DRONE_TASKS,
                time,
                task.incidentId(),
                task.revision(),
                "drone-task." + task.status(),
                task.incidentId(),
                DroneTask.CODEC.write(task));
    }

    private RawRecord record(
            String topic,
            long time,
            String id,
            long revision,
            String type,
            String subject,
            byte[] json) {
        return events.record(
                topic,
                time,
                id + ":" + revision,
                "io.atalaya." + type.toLowerCase(Locale.ROOT),
                revision,
                subject,
                json);
    }
}
