package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.SitePresence.Position;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Routing.FailOver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which command centres work. One without a heartbeat, or without a person on duty, is down; it is
 * back once it has been healthy for a time, so that incidents do not move to and fro.
 */
final class Sites {
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Site> sites = new TreeMap<>();
    private final IncidentStore store;
    private Policy.Routing routing;

    /** The state of a command centre. */
    static final class Site {
        String name;
        List<Position> onDuty = List.of();

        /** Last heartbeat with a person on duty, or the start of the job. */
        long aliveAt;

        /** Since when there is no gap between the heartbeats. */
        long healthySince;

        boolean isDown;
    }

    /** A site that has gone down or is back. */
    record Change(String site, boolean isDown) {}

    Sites(Policy.Routing routing, IncidentStore store) {
        this.routing = routing;
        this.store = store;
    }

    void routing(Policy.Routing other) {
        routing = other;
    }

    void restore(String name, Site site) {
        sites.put(name, site);
    }

    /** Begins to wait for the heartbeats of all sites. */
    void start(long now) {
        if (sites.isEmpty()) {
            routing.sites().forEach(each -> site(each.name(), now));
        }
    }

    /**
     * Lets no site go down by a gap in time alone. After a pause of the job the heartbeats of the
     * meantime may be read later than other records.
     */
    void skip(long millis) {
        if (millis > failOver().downAfter().toMillis()) {
            sites.values().stream()
                    .filter(site -> !site.isDown)
                    .forEach(
                            site -> {
                                site.aliveAt += millis;
                                store.put(Section.SITE, site.name, site);
                            });
        }
    }

    /** Takes a heartbeat; {@link #tick} says what follows. */
    void presence(SitePresence presence, long now) {
        Site site = site(presence.site(), now);
        site.onDuty = presence.positions();
        if (site.onDuty.isEmpty()) {
            site.healthySince = NEVER;
        } else {
            if (site.healthySince == NEVER
                    || now - site.aliveAt > failOver().downAfter().toMillis()) {
                site.healthySince = now;
            }
            site.aliveAt = Math.max(site.aliveAt, now);
        }
        store.put(Section.SITE, site.name, site);
    }

    /** The sites that have gone down or are back since the last call. */
    List<Change> tick(long now) {
        List<Change> changes = new ArrayList<>();
        for (Policy.Routing.Site each : routing.sites()) {
            Site site = site(each.name(), now);
            boolean isHealthy =
                    site.healthySince != NEVER
                            && now - site.aliveAt <= failOver().downAfter().toMillis()
                            && (!site.isDown
                                    || site.aliveAt - site.healthySince
                                            >= failOver().backAfter().toMillis());
            if (site.isDown == isHealthy) {
                site.isDown = !isHealthy;
                store.put(Section.SITE, site.name, site);
                changes.add(new Change(site.name, site.isDown));
            }
        }
        return changes;
    }

    /** Waits for heartbeats that are still to be read, instead of {@link #tick}. */
    void await(long now) {
        for (Site site : sites.values()) {
            if (!site.isDown) {
                site.aliveAt = Math.max(site.aliveAt, now);
                store.put(Section.SITE, site.name, site);
            }
        }
    }

    boolean isDown(String name) {
        Site site = sites.get(name);
        return site != null && site.isDown;
    }

    /** A supervisor on duty at the site, or all of its positions (null) if there is none. */
    String supervisor(String name) {
        Site site = sites.get(name);
        return site == null
                ? null
                : site.onDuty.stream()
                        .filter(Position::supervisor)
                        .map(Position::position)
                        .sorted()
                        .findFirst()
                        .orElse(null);
    }

    /** The site of a jurisdiction; of none, or of one that a device has by mistake, the first. */
    String responsible(String jurisdiction) {
        return isKnown(jurisdiction) ? jurisdiction : routing.sites().get(0).name();
    }

    /** The site that is to handle what is in the jurisdiction of this one. */
    String working(String home) {
        String other = other(home);
        return isDown(home) && other != null && !isDown(other) ? other : home;
    }

    /** The site that stands in for this one, or null. */
    String other(String name) {
        return routing.sites().stream()
                .filter(site -> site.name().equals(name))
                .map(Policy.Routing.Site::other)
                .filter(other -> other != null)
                .findFirst()
                .orElse(null);
    }

    /** The site whose system a destination of messages is, or null. */
    String of(String destination) {
        return routing.sites().stream()
                .filter(site -> site.destinations().contains(destination))
                .map(Policy.Routing.Site::name)
                .findFirst()
                .orElse(null);
    }

    List<String> names() {
        return routing.sites().stream().map(Policy.Routing.Site::name).toList();
    }

    boolean isKnown(String name) {
        return names().contains(name);
    }

    private Site site(String name, long now) {
        return sites.computeIfAbsent(
                name,
                any -> {
                    Site site = new Site();
                    site.name = name;
                    site.aliveAt = now;
                    site.healthySince = now;
                    store.put(Section.SITE, name, site);
                    return site;
                });
    }

    private FailOver failOver() {
        return routing.failOver();
    }
}
