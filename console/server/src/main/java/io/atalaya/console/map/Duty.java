package io.atalaya.console.map;

import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.SitePresence.Position;
import io.atalaya.contracts.topic.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Says to dispatch on {@code site-presence} that the console's sites are alive and who is on duty.
 *
 * <p>Dispatch believes the last message of a site, no matter from whom. So a message names those
 * too whom others have lately named as theirs, and a console at whose site no one is on duty is
 * silent: the silence of all says that the site is down.
 */
public final class Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Duty.class);

    /** The header of a message that names the console which sent it. */
    public static final String CONSOLE = "console";

    /** Those who are at this console, in a message that names those at others too. */
    public static final String HERE = "here";

    static final long EVERY_MS = 5_000;

    /** A page that is loaded again, or a network that is away for a moment, is no end of duty. */
    static final long BRIDGED_MS = 10_000;

    private static final int MAX_POSITIONS = 250;

    /** Someone who is signed in at a position of a site. */
    public record Person(String site, String position, String operator, boolean isSupervisor) {}

    /** Sends a record. */
    public interface Sender {
        void send(String topic, String key, byte[] value, Map<String, String> headers);
    }

    private record Seen(Position position, long at) {}

    private record Heard(List<Position> positions, long at) {}

    private final String id = UUID.randomUUID().toString();
    private final Set<String> sites;
    private final Supplier<List<Person>> people;
    private final Sender sender;
    private final Map<String, Map<String, Seen>> seen = new HashMap<>();
    private final Map<String, Map<String, Heard>> heard = new ConcurrentHashMap<>();
    private final Map<String, List<Position>> said = new HashMap<>();
    private final Map<String, Long> saidAt = new HashMap<>();

    /** Those of whom it is known that no message can name them. */
    private Set<Person> unnamed = Set.of();

    /**
     * Speaks for some sites.
     *
     * @param people who are signed in now
     */
    public Duty(Set<String> sites, Supplier<List<Person>> people, Sender sender) {
        this.sites = sites;
        this.people = people;
        this.sender = sender;
    }

    /**
     * Takes note of what was said about a site.
     *
     * @param console that said it, or null if it was another system
     * @param here the positions of that console as JSON, or null
     */
    public void heard(SitePresence presence, String console, String here, long at) {
        if (!sites.contains(presence.site()) || id.equals(console)) {
            return;
        }
        List<Position> positions =
                here == null
                        ? presence.positions()
                        : List.of(Json.MAPPER.readValue(here, Position[].class));
        heard.computeIfAbsent(presence.site(), site -> new ConcurrentHashMap<>())
                .put(console == null ? "" : console, new Heard(positions, at));
    }

    /** Says what is due; called every second. */
    public synchronized void tick(long now) {
        Set<Person> faulty = new HashSet<>();
        for (Person each : people.get()) {
            if (sites.contains(each.site)) {
                try {
                    Position position =
                            new Position(each.position, each.operator, each.isSupervisor);
                    seen.computeIfAbsent(each.site, site -> new TreeMap<>())
                            .put(each.position, new Seen(position, now));
                } catch (IllegalArgumentException e) {
                    // The others are on duty all the same.
                    faulty.add(each);
                    if (!unnamed.contains(each)) {
                        LOG.warn("No one hears that {} is on duty: {}", each, e.getMessage());
                    }
                }
            }
        }
        unnamed = faulty;
        for (String site : sites) {
            Map<String, Seen> of = seen.getOrDefault(site, Map.of());
            of.values().removeIf(each -> now - each.at > BRIDGED_MS);
            List<Position> here = of.values().stream().map(Seen::position).toList();
            boolean isDue =
                    !here.equals(said.get(site)) || now - saidAt.getOrDefault(site, 0L) >= EVERY_MS;
            if (!here.isEmpty() && isDue) {
                say(site, here, now);
            }
        }
    }

    private void say(String site, List<Position> here, long now) {
        Map<String, Position> all = new TreeMap<>();
        Map<String, Heard> others = heard.getOrDefault(site, Map.of());
        for (Iterator<Heard> i = others.values().iterator(); i.hasNext(); ) {
            Heard other = i.next();
            if (now - other.at > Devices.DOWN_AFTER_MS) {
                i.remove();
            } else {
                other.positions.forEach(each -> all.put(each.position(), each));
            }
        }
        here.forEach(each -> all.put(each.position(), each));
        try {
            sender.send(
                    Topics.SITE_PRESENCE,
                    site,
                    SitePresence.CODEC.write(
                            new SitePresence(
                                    site,
                                    new ArrayList<>(all.values())
                                            .subList(0, Math.min(MAX_POSITIONS, all.size())),
                                    now)),
                    Map.of(CONSOLE, id, HERE, Json.text(here)));
            said.put(site, here);
            saidAt.put(site, now);
        } catch (Problem | IllegalArgumentException e) {
            // The other sites are heard all the same.
            LOG.warn("Dispatch does not hear who is on duty at {}: {}", site, e.getMessage());
        }
    }
}
