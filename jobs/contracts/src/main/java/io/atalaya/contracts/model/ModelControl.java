package io.atalaya.contracts.model;

/**
 * Which versions of a model are to be served: the whole wish, not a change of it, so that the last
 * record of a model says everything. It names versions and never a file.
 *
 * @param model its name, for example {@code trajectory}
 * @param active the version whose scores raise alerts, or null: the one of the job's settings
 * @param shadow a version that runs beside the active one and raises nothing, or null: none
 * @param requestedBy who wants it so
 * @param purpose why, or null
 * @param time when it was asked for, epoch ms
 */
public record ModelControl(
        String model,
        String active,
        String shadow,
        String requestedBy,
        String purpose,
        long time) {}
