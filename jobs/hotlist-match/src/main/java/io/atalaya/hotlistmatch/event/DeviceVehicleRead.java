package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/**
 * A vehicle read, its retraction or its tag, on the edge from the passage operator to the convoy
 * operators; keyed by device.
 *
 * @param position of the plate read or tag read that caused it, in its topic
 */
public record DeviceVehicleRead(String deviceId, VehicleRead vehicleRead, RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return Origin.described(
                deviceId,
                position.in(vehicleRead.isOfTag() ? Topics.RFID_READS : Topics.PLATE_READS),
                vehicleRead);
    }

    @Override
    public Object part() {
        return vehicleRead.firstReadId();
    }

    /** The vehicle of a plate read. */
    public static DeviceVehicleRead of(EnrichedRead enrichedRead) {
        PlateRead read = enrichedRead.read();
        return new DeviceVehicleRead(
                read.deviceId(),
                new VehicleRead(
                        read.readId(),
                        read.revises() == null
                                ? read.readId()
                                : firstReadId(
                                        enrichedRead.passageId(), read.deviceId(), read.readId()),
                        read.plate(),
                        read.deviceTime(),
                        enrichedRead.arrivalTime(),
                        read.direction()),
                enrichedRead.position());
    }

    /**
     * The retraction of a plate read.
     *
     * @param time device time of the read, epoch ms
     */
    public static DeviceVehicleRead end(
            String deviceId, String readId, Retraction retraction, long time) {
        return new DeviceVehicleRead(
                deviceId,
                new VehicleRead(
                        readId,
                        firstReadId(retraction.passageId(), deviceId, readId),
                        null,
                        time,
                        retraction.causedAt(),
                        null),
                retraction.position());
    }

    /**
     * The assignment of a tag to a vehicle.
     *
     * @param firstReadId readId that names the passage
     * @param time device time of its plate read, epoch ms
     */
    public static DeviceVehicleRead assignment(
            String firstReadId, TagAssignment assignment, long time) {
        VehicleTag tag =
                new VehicleTag(assignment.tag().tagId(), assignment.tag().registeredPlate());
        return new DeviceVehicleRead(
                assignment.deviceId(),
                VehicleRead.assignment(
                        firstReadId,
                        time,
                        new AssignedTag(
                                assignment.readId(),
                                tag,
                                assignment.assignmentSequence(),
                                assignment.causedAt())),
                assignment.position());
    }

    /**
     * The retraction of a tag's assignment to a vehicle.
     *
     * @param readId of the tag
     * @param firstReadId readId that names the passage
     * @param time device time of its plate read, epoch ms
     */
    public static DeviceVehicleRead untagged(
            String deviceId, String readId, String firstReadId, Retraction retraction, long time) {
        return new DeviceVehicleRead(
                deviceId,
                VehicleRead.assignment(
                        firstReadId,
                        time,
                        new AssignedTag(
                                readId,
                                null,
                                retraction.assignmentSequence(),
                                retraction.causedAt())),
                retraction.position());
    }

    /**
     * Returns {@code readId} itself where it names the passage, as for most reads, because that
     * allocates no text.
     */
    private static String firstReadId(String passageId, String deviceId, String readId) {
        int from = deviceId.length() + 1;
        return passageId.length() == from + readId.length() && passageId.endsWith(readId)
                ? readId
                : passageId.substring(from);
    }
}
