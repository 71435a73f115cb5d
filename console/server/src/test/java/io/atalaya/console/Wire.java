package io.atalaya.console;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection to a console of this machine on which any bytes can be sent. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;
    private static final int MAX_ADDRESSES = 1 << 22;

    private final Socket socket = new Socket();

    /**
     * What has come back.
     *
     * @param status 0 if nothing has
     */
    record Answer(int status, String text) {}

    /**
     * Connects from one of the addresses of this machine, so that it is as many strangers.
     *
     * @param address any number
     */
    Wire(int port, int address) throws IOException {
        this(port, address, 0);
    }

    /**
     * The same.
     *
     * @param window how many bytes it takes before they are read; 0 for as many as usual
     */
    Wire(int port, int address, int window) throws IOException {
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        int number = Math.floorMod(address, MAX_ADDRESSES) + 2;
        socket.bind(
                new InetSocketAddress(
                        InetAddress.getByAddress(
                                new byte[] {
                                    127, (byte) (number >> 16), (byte) (number >> 8), (byte) number
                                }),
                        0));
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
    }

    /** Sends a text of which each character is a byte. */
    Wire send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /**
     * Sends what the server may no longer want.
     *
     * @return whether it has taken all
     */
    boolean offer(String bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads until the server closes or resets the connection.
     *
     * @param max after how many bytes it stops
     */
    Answer answer(int max) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            byte[] some = new byte[8192];
            InputStream in = socket.getInputStream();
            for (int n = in.read(some); n >= 0 && all.size() < max; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // The rest of the request was not wanted; what came before counts.
            return answer(all);
        }
        return answer(all);
    }

    /** Reads until a line has come, and returns false if the connection is closed before. */
    boolean reads(String line) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        return lines.lines().anyMatch(each -> each.contains(line));
    }

    private static Answer answer(ByteArrayOutputStream all) {
        String text = all.toString(StandardCharsets.UTF_8);
        return new Answer(
                text.matches("(?s)HTTP/1.1 [0-9]{3}.*")
                        ? Integer.parseInt(text.substring(9, 12))
                        : 0,
                text);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
