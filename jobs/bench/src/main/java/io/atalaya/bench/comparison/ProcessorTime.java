package io.atalaya.bench.comparison;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Processor time of this process.
 *
 * @param compilerSeconds working time of Java's compiler; on a busy machine it exceeds its CPU time
 */
public record ProcessorTime(double seconds, double compilerSeconds) {
    /** Maximum share of the compiler after a warm-up. */
    public static final double MAX_COMPILER_SHARE = 0.03;

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    /** Since the process started. */
    public static ProcessorTime now() {
        return new ProcessorTime(
                SYSTEM.getProcessCpuTime() / NANOS, COMPILER.getTotalCompilationTime() / MILLIS);
    }

    public ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(
                seconds - earlier.seconds, compilerSeconds - earlier.compilerSeconds);
    }

    /** Share of the compiler, 0 to 1. */
    public double compilerShare() {
        return Math.min(1, compilerSeconds / seconds);
    }
}
