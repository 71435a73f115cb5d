package io.atalaya.contracts.plate.format;

import java.util.Map;
import java.util.TreeMap;

/** Small synthetic messages of each kind, in their makers' formats. */
public final class VendorMessages {
    static final String ALPR_GROUP =
            """
            {"data_type":"alpr_group","version":3,"epoch_start":1772539200000,"epoch_end":1772539203000,
             "agent_uid":"AGENT1","camera_id":7,"country":"mx","best_uuid":"AGENT1-7-1772539201500",
             "best_plate_number":"LXF0019","best_confidence":91.5,"best_region":"mx-mex","best_region_confidence":88.0,
             "candidates":[{"plate":"LXF0019","confidence":91.5,"matches_template":1},{"plate":"LXF0O19","confidence":70.25}],
             "best_plate":{"plate":"LXF0019","confidence":91.5,"plate_index":0,"plate_crop_jpeg":"/9j/4AAQ"},
             "travel_direction":12.5,"is_preview":false,
             "vehicle":{"color":[{"name":"red","confidence":40.0},{"name":"white","confidence":60.0}],
              "make":[{"name":"nissan","confidence":95.0}],"make_model":[{"name":"nissan_np300_frontier","confidence":81.0}],
              "body_type":[{"name":"truck-standard","confidence":90.0}]}}
            """;

    static final String ALPR_RESULTS =
            """
            {"version":2,"data_type":"alpr_results","uuid":"AGENT1-7-1772539201500","camera_id":7,"agent_uid":"AGENT1",
             "epoch_time":1772539201500,"results":[
              {"plate":"LXF0019","confidence":90.0,"plate_index":0,"region":"mx-jal","region_confidence":20},
              {"plate":"","confidence":10.0,"plate_index":1},
              {"plate":"MUU5029","confidence":80.0,"plate_index":2,"region":"us-tx","region_confidence":99}]}
            """;

    static final String ALPR_ALERT =
            "{\"data_type\":\"alpr_alert\",\"version\":1,\"epoch_time\":1772539200000,\"plate_number\":\"LXF0019\",\"group\":"
                    + ALPR_GROUP
                    + "}";

    static final String AXIS_NEW =
            """
            {"packetCounter":"1","capture_timestamp":"1772539200123","frame_timestamp":"1772539200123000",
             "datetime":"20260303 060000123","plateText":"LXF0019","plateCountry":"MEX","plateISO3166-2":"",
             "plateRegion":"Jalisco","plateConfidence":"0.875","carState":"new","roiID":"1","carMoveDirection":"unknown",
             "carID":"501","imagesURI":["/local/lp_1.jpg"],
             "ImageArray":[{"ImageType":"vehicle","BinaryImage":"/9j/AAAA"},{"ImageType":"plate","BinaryImage":"/9j/BBBB"}],
             "vehicle_info":{"type":"CAR","color":"WHITE"},"camera_info":{"SerialNumber":"ACCC8E000001"}}
            """;

    static final String AXIS_UPDATE =
            AXIS_NEW.replace("\"new\"", "\"update\"").replace("1772539200123", "1772539200623");

    static final String ONVIF_FRAME =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema"><tt:VideoAnalytics>
             <tt:Frame UtcTime="2026-03-03T12:00:00.123" Source="cam1"><tt:Object ObjectId="7"><tt:Appearance>
              <tt:Class><tt:Type Likelihood="0.9">LicensePlate</tt:Type></tt:Class>
              <tt:VehicleInfo><tt:Type Likelihood="0.75">Truck</tt:Type><tt:Brand Likelihood="0.3">Volvo</tt:Brand></tt:VehicleInfo>
              <tt:LicensePlateInfo><tt:PlateNumber Likelihood="0.85">LXF-00-19</tt:PlateNumber>
               <tt:CountryCode>MX</tt:CountryCode><tt:IssuingEntity>Estado de México</tt:IssuingEntity></tt:LicensePlateInfo>
              <tt:ImageRef>http://cam1/7.jpg</tt:ImageRef>
             </tt:Appearance><tt:Behaviour><tt:Speed>20</tt:Speed></tt:Behaviour></tt:Object>
             <tt:Object ObjectId="8"><tt:Appearance><tt:LicensePlateInfo><tt:PlateNumber>Unknown</tt:PlateNumber>
             </tt:LicensePlateInfo></tt:Appearance></tt:Object></tt:Frame></tt:VideoAnalytics></tt:MetadataStream>
            """;

    static final String ONVIF_EVENT =
            """
            <wsnt:NotificationMessage><wsnt:Topic>tns1:RuleEngine/Recognition/LicensePlate</wsnt:Topic><wsnt:Message>
             <tt:Message UtcTime="2026-03-03T12:00:00.123Z"><tt:Source><tt:SimpleItem Name="VideoSource" Value="v1"/></tt:Source>
              <tt:Data><tt:SimpleItem Name="Likelihood" Value="0.8"/><tt:SimpleItem Name="ObjectId" Value="12"/>
               <tt:SimpleItem Name="ImageURI" Value="http://cam1/12.jpg"/><tt:SimpleItem Name="Speed" Value="10.0"/>
               <tt:ElementItem Name="LicensePlateInfo"><tt:LicensePlateInfo><tt:PlateNumber>LXF0019</tt:PlateNumber>
                <tt:CountryCode>US</tt:CountryCode><tt:IssuingEntity>New Mexico</tt:IssuingEntity></tt:LicensePlateInfo></tt:ElementItem>
              </tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>
            """;

    static final String ONVIF_JSON_FRAME =
            """
            {"Frame":[{"@UtcTime":"2026-03-03T12:00:00.123Z","Object":{"@ObjectId":15,"@UUID":"032e91c6",
              "Appearance":{"LicensePlateInfo":{"PlateNumber":{"@Likelihood":0.85,"#text":"LXF0019"},"CountryCode":"MX"}}}}]}
            """;

    static final String ONVIF_JSON_EVENT =
            """
            {"UtcTime":"2026-03-03T12:00:00.123Z","Source":{"VideoSource":"1","Rule":"LPR"},
             "Data":{"Likelihood":"0.8","LicensePlateInfo":{"LicensePlateInfo":{"PlateNumber":{"@Likelihood":0.9,"#text":"LXF0019"}}},
              "VehicleInfo":{"VehicleInfo":{"Type":{"@Likelihood":1,"#text":"Bus"},"Model":{"@Likelihood":0.2,"#text":"X"}}}}}
            """;

    static final String AXIS_EVENT_BRIDGED =
            """
            {"topic":"axis:CameraApplicationPlatform/ALPV.AllPlates","timestamp":1772539200500,
             "message":{"source":{},"key":{},"data":{"carState":"update","carID":"501","country":"MEX","text":"LXF0019",
              "capture_timestamp":"1772539200123"}}}
            """;

    static final String NATIVE =
            "{\"readId\":\"R1\",\"deviceId\":\"ARCO-1\",\"time\":1772539200123,\"plate\":\"LXF0019\",\"confidence\":0.9}";

    private VendorMessages() {}

    public static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        all.put("alpr group", ALPR_GROUP);
        all.put("alpr results", ALPR_RESULTS);
        all.put("alpr alert", ALPR_ALERT);
        all.put("axis new", AXIS_NEW);
        all.put("axis update", AXIS_UPDATE);
        all.put("onvif frame", ONVIF_FRAME);
        all.put("onvif event", ONVIF_EVENT);
        all.put("onvif json frame", ONVIF_JSON_FRAME);
        all.put("onvif json event", ONVIF_JSON_EVENT);
        all.put("axis event, bridged", AXIS_EVENT_BRIDGED);
        all.put("native", NATIVE);
        return all;
    }
}
