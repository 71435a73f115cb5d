package io.atalaya.dispatch.incident;

/**
 * Durable copies of what the incident engine knows. After a failure each is given back to it, in
 * any order. The values are records and bean classes that Jackson writes and reads.
 */
public interface IncidentStore {
    /**
     * @param section type of the value
     * @param key unique in its section
     */
    void put(Section section, String key, Object value);

    void remove(Section section, String key);
}
