package io.atalaya.device;

/**
 * One record of topic {@code devices}.
 *
 * @param device null removes it
 * @param arrival epoch ms
 */
public record DeviceChange(String deviceId, Device device, long arrival) {}
