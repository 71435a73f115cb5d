package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;
import io.atalaya.lab.evaluate.hotlist.ShownAlert.Part;

import java.util.List;

/** Parses the parts of an alert that the report shows. */
final class ShownAlertCodec {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_LIST = 10_000;
    private static final int MAX_TEXT = 4096;

    private String headline;
    private String plate;
    private Double confidence;
    private Vehicle vehicle;
    private String read;
    private String listed;
    private List<Part> parts = List.of();
    private HotlistEntry entry;

    private ShownAlertCodec() {}

    /** Parses one alert message. */
    static ShownAlert read(byte[] message) throws InvalidRecordException {
        ShownAlertCodec shown = new ShownAlertCodec();
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "headline" -> in.object(shown::headline);
                    case "evidence" -> in.object(shown::evidence);
                    case "entry" -> shown.entry = in.object(HotlistEntryCodec::read);
                    default -> in.skip();
                }
            }
        }
        return new ShownAlert(
                shown.headline,
                shown.plate,
                shown.confidence,
                shown.vehicle,
                shown.read,
                shown.listed,
                shown.parts,
                shown.entry);
    }

    private ShownAlertCodec headline(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            switch (in.field()) {
                case "en" -> headline = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return this;
    }

    private ShownAlertCodec evidence(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            switch (in.field()) {
                case "read" -> in.object(this::plateRead);
                case "comparison" -> in.object(this::comparison);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(ShownAlertCodec::part));
                default -> in.skip();
            }
        }
        return this;
    }

    private ShownAlertCodec plateRead(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = in.anyString(MAX_TEXT);
                case "confidence" -> confidence = in.number(0, 1);
                case "vehicle" -> vehicle = in.object(VehicleCodec::read);
                default -> in.skip();
            }
        }
        return this;
    }

    private ShownAlertCodec comparison(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            switch (in.field()) {
                case "read" -> read = in.anyString(MAX_TEXT);
                case "listed" -> listed = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return this;
    }

    private static Part part(JsonIn in) throws InvalidRecordException {
        String name = null;
        double logOdds = 0;
        String text = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(MAX_TEXT);
                case "logOdds" -> logOdds = in.number(-1e6, 1e6);
                case "en" -> text = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new Part(in.required("name", name), logOdds, text);
    }
}
