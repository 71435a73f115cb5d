package io.atalaya.plate;

/**
 * What a vehicle looks like, as recognised or as listed. Every part may be null.
 *
 * @param confidence 0..1 of the recognition, null where listed
 */
public record Vehicle(String make, String model, String color, String type, Double confidence) {}
