package io.atalaya.videoanalytics.anomaly;

/**
 * The versions of a model that are to be served.
 *
 * @param active by which people are told, or null: the one of the job's settings
 * @param shadow that is asked beside it and of which nobody is told, or null: none
 */
public record ModelVersions(ModelKind kind, String active, String shadow) implements ModelNews {}
