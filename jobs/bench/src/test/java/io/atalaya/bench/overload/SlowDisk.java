package io.atalaya.bench.overload;

import io.atalaya.flink.rocksdb.RocksDbTuning;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RateLimiter;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A disk that writes as slowly as the test wants: RocksDB's files by RocksDB's own limiter,
 * checkpoints by a file system of their own, {@code slow://}. RocksDB also gets memory tables so
 * small and so few files that it may delay or stop its writers, as under a heavy load.
 */
final class SlowDisk {
    private static final String SCHEME = "slow";
    private static final ConfigOption<String> DISK =
            ConfigOptions.key("test.slow-disk").stringType().noDefaultValue();

    private static final long UNLIMITED = 1L << 40;
    private static final long NANOS = 1_000_000_000;
    private static final long POLL_MS = 10;
    private static final long MEMORY_TABLE_BYTES = 64 << 10;
    private static final int FILES_BEFORE_DELAY = 4;
    private static final int FILES_BEFORE_STOP = 6;

    /** Flink creates the options and the file system by name. */
    private static final Map<String, SlowDisk> BY_NAME = new ConcurrentHashMap<>();

    private final String name;

    /**
     * Null before the first database, because Flink loads RocksDB's library for that. Not closed,
     * because a database that is still closing may use it.
     */
    private RateLimiter limiter;

    private volatile long bytesPerSecond = UNLIMITED;
    private long idleFrom;

    SlowDisk(String name) {
        this.name = name;
        BY_NAME.put(name, this);
    }

    /** The settings of a job whose state and checkpoints are on this disk. */
    Configuration settings(java.nio.file.Path checkpoints) {
        Configuration settings = new Configuration();
        settings.set(DISK, name);
        settings.set(RocksDBOptions.OPTIONS_FACTORY, Options.class.getName());
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                SCHEME + "://" + name + checkpoints.toUri().getPath());
        return settings;
    }

    /** Limits what is written from now on. */
    synchronized void limit(long bytes) {
        bytesPerSecond = bytes;
        if (limiter != null) {
            limiter.setBytesPerSecond(bytes);
        }
    }

    private synchronized RateLimiter limiter() {
        if (limiter == null) {
            limiter = new RateLimiter(bytesPerSecond);
        }
        return limiter;
    }

    void removeLimit() {
        limit(UNLIMITED);
    }

    /** Returns when these bytes would be written, after those of all others. */
    private void awaitWritten(long bytes) throws IOException {
        long end;
        synchronized (this) {
            idleFrom = Math.max(System.nanoTime(), idleFrom) + bytes * NANOS / bytesPerSecond;
            end = idleFrom;
        }
        try {
            while (System.nanoTime() < end && bytesPerSecond < UNLIMITED) {
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing", e);
        }
    }

    /** The project's settings of RocksDB, with the limiter and the low limits. */
    public static final class Options implements ConfigurableRocksDBOptionsFactory {
        private static final long serialVersionUID = 1L;

        private final RocksDbTuning tuning = new RocksDbTuning();
        private String disk;

        @Override
        public RocksDBOptionsFactory configure(ReadableConfig configuration) {
            disk = configuration.get(DISK);
            return this;
        }

        @Override
        public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handles) {
            return tuning.createDBOptions(options, handles)
                    .setRateLimiter(BY_NAME.get(disk).limiter());
        }

        @Override
        public ColumnFamilyOptions createColumnOptions(
                ColumnFamilyOptions options, Collection<AutoCloseable> handles) {
            return tuning.createColumnOptions(options, handles)
                    .setWriteBufferSize(MEMORY_TABLE_BYTES)
                    .setMaxWriteBufferNumber(2)
                    .setLevel0FileNumCompactionTrigger(2)
                    .setLevel0SlowdownWritesTrigger(FILES_BEFORE_DELAY)
                    .setLevel0StopWritesTrigger(FILES_BEFORE_STOP);
        }
    }

    /** Creates the file system of checkpoints; a service of Flink. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileSystem create(URI uri) {
            return new Files(uri.getHost());
        }
    }

    private static final class Files extends LocalFileSystem {
        private final String name;

        Files(String name) {
            this.name = name;
        }

        @Override
        public URI getUri() {
            return URI.create(SCHEME + "://" + name + "/");
        }

        /** Flink keeps a file system for as long as the JVM lives, longer than a test its disk. */
        @Override
        public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
            return new Output(super.create(path, mode), BY_NAME.get(name));
        }
    }

    private static final class Output extends FSDataOutputStream {
        private final FSDataOutputStream file;
        private final SlowDisk disk;

        Output(FSDataOutputStream file, SlowDisk disk) {
            this.file = file;
            this.disk = disk;
        }

        @Override
        public void write(int value) throws IOException {
            disk.awaitWritten(1);
            file.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            disk.awaitWritten(length);
            file.write(bytes, offset, length);
        }

        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
