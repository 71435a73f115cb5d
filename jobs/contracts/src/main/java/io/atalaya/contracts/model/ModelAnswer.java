package io.atalaya.contracts.model;

/**
 * What a job says to a wish for versions of a model ({@link ModelControl}).
 *
 * @param model whose versions were asked for
 * @param active the version that was wished to raise alerts, or null: the one of the job's
 *     settings, or a wish that cannot be read
 * @param shadow the version that was wished beside it, or null: none, or as above
 * @param granted whether it is served from now on; otherwise all is as before
 * @param reason one sentence of 1 to {@value ModelAnswerCodec#MAX_REASON} characters: what is
 *     served, or why not
 * @param request where the wish stands, {@code topic-partition-offset}; what is refused has a dead
 *     letter with that key
 * @param at when it was answered, epoch ms
 */
public record ModelAnswer(
        String model,
        String active,
        String shadow,
        boolean granted,
        String reason,
        String request,
        long at) {}
