package io.atalaya.contracts.camera.format;

import java.util.Map;
import java.util.TreeMap;

/** Small synthetic messages of each kind, in their makers' formats. */
public final class FrameMessages {
    static final String ONVIF =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema"><tt:VideoAnalytics>
             <tt:Frame UtcTime="2026-03-03T12:00:00.123" Source="Objects">
              <tt:Transformation><tt:Translate x="-1.0" y="-1.0"/><tt:Scale x="0.005" y="0.01"/></tt:Transformation>
              <tt:Object ObjectId="12"><tt:Appearance>
               <tt:Shape><tt:BoundingBox left="100.0" top="150.0" right="180.0" bottom="50.0"/></tt:Shape>
               <tt:Class><tt:Type Likelihood="0.8">Vehicle</tt:Type><tt:Type Likelihood="0.9">Car</tt:Type></tt:Class>
              </tt:Appearance><tt:Behaviour><tt:Idle/></tt:Behaviour></tt:Object>
              <tt:Object ObjectId="13"><tt:Appearance>
               <tt:Transformation><tt:Scale x="2" y="2"/></tt:Transformation>
               <tt:Shape><tt:BoundingBox left="0" top="100" right="10" bottom="80"/></tt:Shape>
               <tt:Class><tt:ClassCandidate><tt:Type>Human</tt:Type><tt:Likelihood>0.5</tt:Likelihood></tt:ClassCandidate></tt:Class>
              </tt:Appearance></tt:Object>
              <tt:Object ObjectId="14" Parent="13"><tt:Appearance>
               <tt:Shape><tt:BoundingBox left="0" top="10" right="5" bottom="5"/></tt:Shape>
               <tt:Class><tt:Type Likelihood="0.6">HumanFace</tt:Type></tt:Class></tt:Appearance></tt:Object>
              <tt:Object ObjectId="15"><tt:Behaviour><tt:Speed>3</tt:Speed></tt:Behaviour></tt:Object>
              <tt:Object ObjectId="16"><tt:Behaviour><tt:Removed/></tt:Behaviour></tt:Object>
              <tt:ObjectTree><tt:Delete ObjectId="3"/><tt:Merge><tt:From ObjectId="12"/><tt:From ObjectId="17"/>
               <tt:To ObjectId="12"/></tt:Merge></tt:ObjectTree>
             </tt:Frame>
             <tt:Frame UtcTime="2026-03-03T12:00:00.523Z"/>
             <tt:Frame UtcTime="2026-03-03T12:00:00.423Z"><tt:Extension><tt:MotionInCells Columns="8" Rows="6" Cells="AAD8AA=="/></tt:Extension></tt:Frame>
            </tt:VideoAnalytics></tt:MetadataStream>
            """;

    static final String ONVIF_JSON =
            """
            {"Frame":[{"@UtcTime":"2026-03-03T12:00:00.123Z","@Source":"A","Object":{"@ObjectId":15,
              "Appearance":{"Shape":{"BoundingBox":{"@left":"-0.5","@top":0.5,"@right":0.0,"@bottom":"-0.5"}},
               "Class":{"Type":[{"@Likelihood":0.8,"#text":"Human"}]}}}},
             {"@UtcTime":"2026-03-03T12:00:00.123Z","@Source":"B","Object":[{"@UUID":"032e91c6",
              "Appearance":{"Shape":{"BoundingBox":{"@left":0,"@top":-0.5,"@right":0.5,"@bottom":0.5}},"VehicleInfo":{"Type":"Bus"}}}]}]}
            """;

    static final String ONVIF_GRID =
            """
            <Frame UtcTime="2026-3-3T12:00:00"><Object ObjectId="0"><Appearance><Shape><BoundingBox left="2048" top="1024"
             right="4096" bottom="8192"/></Shape></Appearance></Object><Object ObjectId="0"><Appearance><Shape><BoundingBox left="0"
             top="0" right="4096" bottom="4096"/></Shape></Appearance></Object><Object ObjectId="0"><Appearance><Shape>
             <BoundingBox left="1" top="1" right="1" bottom="1"/></Shape></Appearance></Object></Frame>
            """;

    static final String DEEPSTREAM_FULL =
            """
            {"messageid":"ff7cc527","mdsversion":"1.0","@timestamp":"2026-03-03T12:00:00.123Z",
             "place":{"id":"1","aisle":{"id":"walsh"}},"sensor":{"id":"CAMERA_7","type":"Camera"},
             "analyticsModule":{"id":"XYZ"},"object":{"id":"31","speed":0.0,
              "vehicle":{"type":"sedan","license":"UNK-M-0","confidence":0.75},
              "bbox":{"topleftx":480,"toplefty":540.0,"bottomrightx":960,"bottomrighty":810},
              "location":{"lat":0.0},"coordinate":{"x":0.0}},"event":{"id":"3509e9f8","type":"moving"},"videoPath":""}
            """;

    static final String DEEPSTREAM_MINIMAL =
            """
            {"version":"4.0","id":1440,"@timestamp":"2026-03-03T12:00:00.123Z","sensorId":"sensor-0","objects":[
             "-95|480|540.0|960|810|Vehicle|#|sedan|Bugatti|M|blue|XX1234|CA|-0.1",
             "7|0|0|192|108|Person","8|0|0|192|108|Face|#|female|30|0.9","9|0|0|19.2|10.8||#|||0.25"]}
            """;

    static final String METROPOLIS =
            """
            {"sensorId":"Camera","version":"4.0","timestamp":"2026-03-03T12:00:00.123Z","id":"6666","objects":[
             {"id":"3","confidence":0,"type":"Pallet","bbox":{"leftX":960,"topY":540,"rightX":1152,"bottomY":648,"confidence":0}},
             {"id":4,"confidence":0.5,"type":"Person","bbox":{"leftX":0,"topY":0,"rightX":0,"bottomY":0}}]}
            """;

    static final String METROPOLIS_TRIPWIRE =
            """
            {"tripwireEvents":[{"event":{"id":"tripwire-1","type":"IN"},"timestamp":"2026-03-03T12:00:00.123Z",
             "sensor":{"id":"Camera"},"object":{"id":"11","type":"Person","bbox":{"leftX":1,"topY":1,"rightX":2,"bottomY":2}}}]}
            """;

    static final String AXIS =
            """
            {"channel_id":1,"detections":[{"bounding_box":{"bottom":0.75,"left":"0.25","right":0.5,"top":0.5},
              "class":{"type":"Human","score":0.7,"upper_clothing_colors":[{"name":"black","score":0.66}]},
              "object_track_id":"8e653185-8e54-4dca-8af1-9f7202aca120"}],"timestamp":"2026-03-03T12:00:00.123456Z"}
            """;

    static final String AXIS_EMPTY =
            "{\"channel_id\":1,\"timestamp\":\"2026-03-03T12:00:00.123456Z\"}";

    static final String AXIS_BETA =
            """
            {"frame":{"observations":[{"bounding_box":{"bottom":0.75,"left":0.25,"right":0.5,"top":0.5},
              "timestamp":"2026-03-03T12:00:00.123456Z","track_id":"t1"},{"bounding_box":{"bottom":0.2,"left":0.1,"right":0.2,"top":0.1},
              "class":{"score":0.8,"type":"Face"},"timestamp":"2026-03-03T12:00:00.123456Z","track_id":"t2"}],
             "operations":[{"id":"t0","type":"DeleteOperation"},{"id":"t1","type":"OtherOperation"}],
             "timestamp":"2026-03-03T12:00:00.123456Z"}}
            """;

    static final String AXIS_RECORDED =
            "{\"timestamp\":\"2026-03-03T06:00:01.000000\",\"topic\":\"analytics\",\"payload\":"
                    + AXIS_BETA
                    + ",\"qos\":0,\"retain\":false}";

    static final String AXIS_EVENT =
            """
            {"topic":"axis:CameraApplicationPlatform/ObjectDwellTimer/Entered","timestamp":1785332731817,
             "message":{"source":{"zone":"1"},"key":{},"data":{"objectType":"Truck","elapsedSeconds":"0.000000"}}}
            """;

    static final String NATIVE =
            "{\"deviceId\":\"CAM-9\",\"time\":1772539200123,\"frameId\":5,\"objects\":[{\"trackId\":\"1\",\"type\":\"Car\",\"box\":[0.1,0.2,0.3,0.4]}]}";

    private FrameMessages() {}

    public static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        all.put("onvif", ONVIF);
        all.put("onvif json", ONVIF_JSON);
        all.put("onvif grid", ONVIF_GRID);
        all.put("deepstream full", DEEPSTREAM_FULL);
        all.put("deepstream minimal", DEEPSTREAM_MINIMAL);
        all.put("metropolis", METROPOLIS);
        all.put("metropolis tripwire", METROPOLIS_TRIPWIRE);
        all.put("axis", AXIS);
        all.put("axis empty", AXIS_EMPTY);
        all.put("axis beta", AXIS_BETA);
        all.put("axis recorded", AXIS_RECORDED);
        all.put("axis event", AXIS_EVENT);
        all.put("native", NATIVE);
        return all;
    }
}
