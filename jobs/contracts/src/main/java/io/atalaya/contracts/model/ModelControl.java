package io.atalaya.contracts.model;

/**
 * A request for the versions of a model to serve. It is complete, not a change, so that the last
 * record of a model is sufficient. It names versions, not files.
 *
 * @param model its name, for example {@code trajectory}
 * @param active the version whose scores raise alerts, or null for the one of the job's settings
 * @param shadow a version that runs beside the active one without raising alerts, or null for no
 *     such version
 * @param requestedBy person who requests it
 * @param purpose of the request, or null
 * @param time of the request, epoch ms
 */
public record ModelControl(
        String model,
        String active,
        String shadow,
        String requestedBy,
        String purpose,
        long time) {}
