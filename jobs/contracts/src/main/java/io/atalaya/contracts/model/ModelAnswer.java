package io.atalaya.contracts.model;

/**
 * A job's answer to a request for versions of a model ({@link ModelControl}).
 *
 * @param model whose versions were requested
 * @param active the version requested to raise alerts, or null for the one of the job's settings or
 *     for an unreadable request
 * @param shadow the version requested to run beside it, or null for no version or for an unreadable
 *     request
 * @param granted whether the job serves these versions from now on; otherwise nothing changes
 * @param reason one sentence of 1 to {@value ModelAnswerCodec#MAX_REASON} characters: what is
 *     served, or why the request was rejected
 * @param request address of the request, {@code topic-partition-offset}; a rejected request has a
 *     dead letter with that key
 * @param at when the job answered, epoch ms
 */
public record ModelAnswer(
        String model,
        String active,
        String shadow,
        boolean granted,
        String reason,
        String request,
        long at) {}
