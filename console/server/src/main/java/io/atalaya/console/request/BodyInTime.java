package io.atalaya.console.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import java.io.IOException;
import java.time.Duration;

/**
 * A body that has to be there within a time: the server's own limit is for the pause between two
 * parts of it, so a byte every second would hold a thread for hours.
 */
final class BodyInTime extends ServletInputStream {
    /** From the first byte that is read on. */
    static final Duration WITHIN = Duration.ofSeconds(5);

    private final ServletInputStream body;
    private final long start = System.nanoTime();
    private boolean isCutShort;

    BodyInTime(ServletInputStream body) {
        this.body = body;
    }

    private void requireTime() throws IOException {
        if (System.nanoTime() - start > WITHIN.toNanos()) {
            throw new IOException("the body is not there within " + WITHIN);
        }
    }

    boolean isCutShort() {
        return isCutShort;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            requireTime();
            return body.read(bytes, offset, length);
        } catch (IOException e) {
            isCutShort = true;
            throw e;
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
