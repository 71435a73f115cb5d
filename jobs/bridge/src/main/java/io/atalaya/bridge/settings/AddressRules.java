package io.atalaya.bridge.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where messages may go, so that neither a mistake in a URL nor a changed entry of the DNS makes
 * the bridge send incidents, or requests with its rights, to another machine.
 */
public final class AddressRules {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]?");

    private final Set<String> hosts = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();

    private record Network(byte[] address, int bits) {
        boolean contains(InetAddress other) {
            byte[] bytes = other.getAddress();
            if (bytes.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((bytes[i / 8] & mask) != (address[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private AddressRules() {}

    /**
     * @param allowed names of hosts, addresses, or networks such as {@code 10.20.0.0/16}
     * @throws IllegalArgumentException if one is none of these
     */
    public static AddressRules of(List<String> allowed) {
        AddressRules rules = new AddressRules();
        for (String each : allowed) {
            String[] parts = each.split("/", -1);
            if (ADDRESS.matcher(parts[0]).matches()) {
                rules.networks.add(network(parts));
            } else if (parts.length == 1) {
                rules.hosts.add(each.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException("a network begins with an address");
            }
        }
        return rules;
    }

    private static Network network(String[] parts) {
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (parts.length > 2 || bits < 1 || bits > address.length * 8) {
                throw new IllegalArgumentException("1 to " + address.length * 8 + " bits");
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Whether the host of a URL is listed by its name, or is an address of a listed network. */
    public boolean isListed(String host) {
        if (!ADDRESS.matcher(host).matches()) {
            return hosts.contains(host.toLowerCase(Locale.ROOT));
        }
        try {
            return isInNetwork(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Resolves a host just before a connection to it. A name may stand for any address but those of
     * this machine, of its link, and of groups, unless a network lists them.
     *
     * @throws IOException if the host is unknown or one of its addresses is not allowed
     */
    public void check(String host) throws IOException {
        if (!isListed(host)) {
            throw new IOException(host + " is not allowed");
        }
        for (InetAddress address : InetAddress.getAllByName(host)) {
            boolean isSpecial =
                    address.isLoopbackAddress()
                            || address.isLinkLocalAddress()
                            || address.isAnyLocalAddress()
                            || address.isMulticastAddress();
            if (isSpecial && !isInNetwork(address)) {
                throw new IOException(
                        host + " is " + address.getHostAddress() + ", which is not allowed");
            }
        }
    }

    private boolean isInNetwork(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
