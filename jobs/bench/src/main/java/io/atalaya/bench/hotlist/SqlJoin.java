package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.hotlistmatch.HotlistMatchSettings;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.types.Row;

/**
 * What one would write in Flink's SQL to match with a past: a regular join of the reads with the
 * list, by equal canonical plate. RocksDB keeps every read for as long as the job does, so a new
 * entry meets it. The rows have what an alert needs.
 */
final class SqlJoin {
    static final String NAME = "flink-sql-join";

    /** What it does not do compared with the job. */
    static final String LESS =
            "exact equality only: no misread plates, no patterns; the first text of a read only;"
                    + " drops no second deliveries, applies no revisions and no removals; no score,"
                    + " no cool-down";

    private static final RowTypeInfo READ =
            new RowTypeInfo(
                    new TypeInformation<?>[] {
                        Types.STRING,
                        Types.STRING,
                        Types.STRING,
                        Types.LONG,
                        Types.DOUBLE,
                        Types.STRING,
                        Types.STRING
                    },
                    new String[] {
                        "plate", "readId", "deviceId", "deviceTime", "confidence", "color", "make"
                    });

    private static final RowTypeInfo ENTRY =
            new RowTypeInfo(
                    new TypeInformation<?>[] {Types.STRING, Types.STRING, Types.STRING, Types.INT},
                    new String[] {"plate", "entryId", "reason", "priority"});

    private SqlJoin() {}

    /** Adds the join to a job; its reads are counted as {@link PassThrough#PASSED}. */
    static StreamExecutionEnvironment addTo(
            StreamExecutionEnvironment env, HotlistMatchSettings settings) {
        // The planner names no operators; a plan that is the same gets the same names.
        env.configure(new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, true));
        PlateFormat format = settings.plateFormat();
        KafkaConnectors kafka = new KafkaConnectors(settings.kafka());
        var reads =
                PassThrough.read(
                        env,
                        settings.kafka(),
                        Topics.PLATE_READS,
                        ParseOperator.ofDevices(
                                settings.bulkhead(),
                                r -> row(format.read(r.value(), r.key()).get(0))),
                        READ);
        var list =
                env.fromSource(
                                kafka.whole(Topics.HOTLIST),
                                kafka.arrival(Topics.HOTLIST),
                                Topics.HOTLIST)
                        .uid(Topics.HOTLIST)
                        .transform(
                                "parse-" + Topics.HOTLIST,
                                ENTRY,
                                ParseOperator.of(
                                        settings.bulkhead(),
                                        r -> row(HotlistEntryCodec.read(r.value()))))
                        .uid("parse-" + Topics.HOTLIST);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().set(ExecutionConfigOptions.IDLE_STATE_RETENTION, settings.retention());
        tables.createTemporaryView("plateReads", reads);
        tables.createTemporaryView("hotlist", list);
        Table matches =
                tables.sqlQuery(
                        "SELECT r.*, h.entryId, h.reason, h.priority"
                                + " FROM (SELECT * FROM plateReads WHERE plate IS NOT NULL) AS r"
                                + " JOIN (SELECT * FROM hotlist WHERE plate IS NOT NULL) AS h"
                                + " ON r.plate = h.plate");
        tables.toDataStream(matches).sinkTo(new DiscardingSink<>()).uid("discard-matches");
        return env;
    }

    private static Row row(PlateRead read) {
        return Row.of(
                canonical(read.plate()),
                read.readId(),
                read.deviceId(),
                read.deviceTime(),
                read.confidence(),
                read.vehicle() == null ? null : read.vehicle().color(),
                read.vehicle() == null ? null : read.vehicle().make());
    }

    private static Row row(HotlistEntry entry) {
        return Row.of(canonical(entry.plate()), entry.entryId(), entry.reason(), entry.priority());
    }

    /** Null for what is no plate. */
    private static String canonical(String text) {
        return text != null && CanonicalPlate.isPlate(text)
                ? CanonicalPlate.text(CanonicalPlate.pack(text))
                : null;
    }
}
