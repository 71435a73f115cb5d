package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Events of one cluster and kind that share a key or a cell of the map, in order. It finds its
 * closest one to another event without asking each: the search goes backward or forward in time,
 * and ends where no other can be closer.
 */
final class Group {
    /** A degree of longitude differs within a cell, because it depends on the latitude. */
    private static final double NEARLY = 0.999;

    final Groups.Id id;
    private final List<Node> nodes = new ArrayList<>(1);

    /** Bounds of the places of all that have been in it. */
    private double south = Double.POSITIVE_INFINITY;

    private double north = Double.NEGATIVE_INFINITY;
    private double west = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double maxRadius;

    /** Number of nodes that are one of many. */
    private int ofMany;

    /** How clearly an event belongs to those of a group. */
    interface Pairing {
        /**
         * 0 if it does not; never more for a greater distance or time.
         *
         * @param metres 0 where places do not count
         */
        double closeness(double metres, long millis);

        boolean needsPlace();
    }

    Group(Groups.Id id) {
        this.id = id;
    }

    void add(Node node) {
        nodes.add(node.position(nodes), node);
        ofMany += node.isOfMany ? 1 : 0;
        Place place = node.event.place();
        if (place != null) {
            south = Math.min(south, place.latitude());
            north = Math.max(north, place.latitude());
            west = Math.min(west, place.longitude());
            east = Math.max(east, place.longitude());
            maxRadius = Math.max(maxRadius, place.radiusMetres());
        }
    }

    /** Returns whether none is left. */
    boolean remove(Node node) {
        int index = node.position(nodes);
        if (index < nodes.size() && nodes.get(index) == node) {
            nodes.remove(index);
            ofMany -= node.isOfMany ? 1 : 0;
        }
        return nodes.isEmpty();
    }

    boolean hasOfMany() {
        return ofMany > 0;
    }

    /**
     * The greatest closeness of one of its earlier nodes.
     *
     * @param except a node that does not count, or null
     * @param enough what is not greater does not matter
     * @return {@code enough} if none is greater
     */
    double closestEarlier(Node node, Pairing pairing, Node except, double enough) {
        double closest = enough;
        int from = node.position(nodes) - 1;
        double metres = from < 0 ? 0 : minMetres(node, pairing);
        for (int i = from; i >= 0; i--) {
            Node other = nodes.get(i);
            long millis = node.event.time() - other.event.time();
            if (pairing.closeness(metres, millis) <= closest) {
                break;
            }
            if (other != except) {
                closest = Math.max(closest, closeness(node, other, pairing));
            }
        }
        return closest;
    }

    /**
     * Visits the later nodes that pair with one.
     *
     * @param visitor receives each and how closely it pairs, and returns whether to go on
     * @return whether to go on
     */
    boolean later(Node node, Pairing pairing, BiPredicate<Node, Double> visitor) {
        int from = node.position(nodes);
        double metres = from == nodes.size() ? 0 : minMetres(node, pairing);
        for (int i = from; i < nodes.size(); i++) {
            Node other = nodes.get(i);
            if (pairing.closeness(metres, other.event.time() - node.event.time()) <= 0) {
                break;
            }
            double closeness = other == node ? 0 : closeness(node, other, pairing);
            if (closeness > 0 && !visitor.test(other, closeness)) {
                return false;
            }
        }
        return true;
    }

    /** Visits all nodes that pair with one. */
    void around(Node node, Pairing pairing, Consumer<Node> visitor) {
        later(
                node,
                pairing,
                (other, closeness) -> {
                    visitor.accept(other);
                    return true;
                });
        for (int i = node.position(nodes) - 1; i >= 0; i--) {
            Node other = nodes.get(i);
            if (pairing.closeness(0, node.event.time() - other.event.time()) <= 0) {
                break;
            }
            if (closeness(node, other, pairing) > 0) {
                visitor.accept(other);
            }
        }
    }

    private static double closeness(Node node, Node other, Pairing pairing) {
        double metres =
                pairing.needsPlace()
                        ? FusionRules.metres(node.event.place(), other.event.place())
                        : 0;
        return pairing.closeness(metres, Math.abs(node.event.time() - other.event.time()));
    }

    /** A lower bound of the distance from a node to any of its own. */
    private double minMetres(Node node, Pairing pairing) {
        if (!pairing.needsPlace()) {
            return 0;
        }
        Place place = node.event.place();
        double latitude = Math.max(south, Math.min(north, place.latitude()));
        double longitude = Math.max(west, Math.min(east, place.longitude()));
        Place nearest = new Place(latitude, longitude, maxRadius);
        if (south == north && west == east) {
            return FusionRules.metres(place, nearest);
        }
        double centres = NEARLY * place.metresTo(nearest);
        return Math.max(0, centres - place.radiusMetres() - maxRadius);
    }
}
