package io.atalaya.cli.model;

/**
 * What the job said to a request.
 *
 * @param granted whether it is served; otherwise all is as before
 * @param reason one sentence
 */
record Answer(boolean granted, String reason) {}
