package io.atalaya.bench.comparison;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ThreadTimesTest {
    @Test
    void aTaskIsAGroupAndSoAreTheThreadsOfOnePurpose() {
        assertThat(ThreadTimes.group("match: buckets ")).isEqualTo("match: buckets");
        assertThat(ThreadTimes.group("alerting (1/2)#")).isEqualTo("alerting");
        assertThat(ThreadTimes.group("rocksdb:low0")).isEqualTo("RocksDB");
        assertThat(ThreadTimes.group("C2 CompilerThre")).isEqualTo("Java's compiler");
        assertThat(ThreadTimes.group("Source Data Fet")).isEqualTo("Kafka");
        assertThat(ThreadTimes.group("streams-atalaya")).isEqualTo("Kafka Streams");
    }

    @Test
    void countsWhatAThreadWorkedSince() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/task")), "Linux alone counts it there");
        CountDownLatch worked = new CountDownLatch(1);
        CountDownLatch counted = new CountDownLatch(1);
        ThreadTimes before = ThreadTimes.now();
        Thread worker =
                new Thread(
                        () -> {
                            long sum = 0;
                            for (long i = 0; i < 200_000_000L; i++) {
                                sum += i ^ sum;
                            }
                            if (sum != 0) {
                                worked.countDown();
                            }
                            try {
                                counted.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "hard work (1/2)#0");
        worker.start();
        worked.await();

        ThreadTimes after = ThreadTimes.now();
        counted.countDown();
        worker.join();

        assertThat(after.secondsSince(before).get("hard work")).isPositive();
        assertThat(after.secondsSince(after)).isEmpty();
    }
}
