package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.commandline.Chart;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.lab.evaluate.page.Page;

import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report on a day of dispatch, with one policy or two: report.html. */
final class DispatchReport {
    private static final List<Color> COLORS = List.of(Chart.BLUE, Chart.ORANGE);
    private static final int MINUTES_PER_BIN = 10;

    private DispatchReport() {}

    /**
     * Writes the report.
     *
     * @param day name of the day, for people
     * @param runs one, or two to be compared
     */
    static void write(Path out, String day, List<DispatchRun> runs) throws IOException {
        DispatchTables tables = new DispatchTables(runs);
        Map<String, Object> values = new HashMap<>();
        values.put("day", day);
        values.put("from", Instant.ofEpochMilli(runs.get(0).log().from()).toString());
        values.put("to", Instant.ofEpochMilli(runs.get(0).log().to()).toString());
        values.put("runs", runs.stream().map(DispatchRun::name).toList());
        values.put("summary", tables.summary());
        values.put("positions", tables.positions());
        values.put("decisions", tables.decisions());
        values.put("badActors", tables.badActors());
        PolicyChanges changes =
                runs.size() == 2
                        ? PolicyChanges.between(runs.get(0), runs.get(1))
                        : new PolicyChanges(List.of(), List.of(), List.of());
        values.put("regrouped", changes.regrouped());
        values.put("reprioritized", changes.reprioritized());
        values.put("rerouted", changes.rerouted());
        Page.write(out, "dispatch", values, Map.of("interruptions", interruptions(runs)));
    }

    /** Messages that interrupt, over the day. */
    private static String interruptions(List<DispatchRun> runs) {
        Chart chart =
                new Chart(
                                "hours since the start",
                                "interruptions in %d minutes".formatted(MINUTES_PER_BIN),
                                LegendPosition.OutsideS)
                        .patterns("0.#", "0");
        for (int i = 0; i < runs.size(); i++) {
            DispatchLog log = runs.get(i).log();
            double[] hours =
                    log.messages().stream()
                            .filter(message -> message.message().purpose() == Purpose.ASSIGN)
                            .mapToDouble(message -> (message.time() - log.from()) / 3_600_000.0)
                            .toArray();
            int bins = Math.max(1, (int) Math.ceil(log.hours() * 60 / MINUTES_PER_BIN));
            chart.histogram(
                    runs.get(i).name(),
                    hours,
                    0,
                    bins * MINUTES_PER_BIN / 60.0,
                    bins,
                    count -> count,
                    COLORS.get(i));
        }
        return chart.svg("interruptions");
    }
}
