package io.atalaya.console.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who looks: an account as it is now, not as it was at login.
 *
 * @param groups by which a list of recipients may mean the viewer; the own name only if it was
 *     given as one, because an account can be made for any name
 * @param sites whose items the viewer sees; empty means all
 * @param since when the account's login was last given to someone, epoch ms: what it has kept for
 *     itself before is another person's
 */
public record Viewer(
        String name,
        String displayName,
        Set<Role> roles,
        Set<String> groups,
        Set<String> sites,
        String agency,
        long since) {

    /** Someone who has kept nothing for itself. */
    public Viewer(
            String name,
            String displayName,
            Set<Role> roles,
            Set<String> groups,
            Set<String> sites,
            String agency) {
        this(name, displayName, roles, groups, sites, agency, 0);
    }

    /** Who may know of what everybody at a screen may know of. */
    public static final Viewer EVERYBODY = new Viewer("", "", Set.of(), Set.of(), Set.of(), null);

    public boolean is(Role... any) {
        return isOneOf(List.of(any));
    }

    public boolean isOneOf(Collection<Role> any) {
        return any.stream().anyMatch(roles::contains);
    }

    /** The site alone as sites are given; without one all, which is the empty set. */
    public static Set<String> sitesOf(String site) {
        return site == null ? Set.of() : Set.of(site);
    }

    /** Whether the viewer may know of what is covert, or limited to some, as here. */
    public boolean mayKnow(boolean covert, Collection<String> notified) {
        if (!covert && notified.isEmpty()) {
            return true;
        }
        // An analyst or a wall never, even if another role of the same account might.
        return !is(Role.ANALYST, Role.WALL) && notified.stream().anyMatch(groups::contains);
    }

    /** Whether what concerns these sites, or no site in particular, is the viewer's. */
    public boolean isOf(Collection<String> concerned) {
        return sites.isEmpty()
                || concerned.isEmpty()
                || concerned.stream().anyMatch(sites::contains);
    }

    /** Whether this is the same viewer, who may know of the same things. */
    public boolean seesAs(Viewer other) {
        return name.equals(other.name)
                && roles.equals(other.roles)
                && groups.equals(other.groups)
                && sites.equals(other.sites);
    }

    /** Whether all of these sites are among the own; an empty set means all sites. */
    public boolean coversSites(Collection<String> others) {
        return sites.isEmpty() || !others.isEmpty() && sites.containsAll(others);
    }

    /** Whether the viewer may know of it. */
    public boolean sees(Matter matter) {
        return mayKnow(matter.covert(), matter.notified()) && isOf(matter.sites());
    }
}
