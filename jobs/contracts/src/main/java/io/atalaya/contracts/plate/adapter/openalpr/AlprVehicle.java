package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.adapter.VehicleDraft;

/** The object {@code vehicle} of a group. */
final class AlprVehicle {
    private AlprVehicle() {}

    /** The vehicle; null without a certain attribute. */
    static Vehicle read(JsonIn in) throws InvalidRecordException {
        NamedGuess make = null;
        NamedGuess makeModel = null;
        NamedGuess color = null;
        NamedGuess body = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "make" -> make = in.unlessWrong(NamedGuess::best);
                case "make_model" -> makeModel = in.unlessWrong(NamedGuess::best);
                case "color" -> color = in.unlessWrong(NamedGuess::best);
                case "body_type" -> body = in.unlessWrong(NamedGuess::best);
                default -> in.skip();
            }
        }
        VehicleDraft seen = new VehicleDraft();
        if (make != null) {
            seen.make(make.name(), make.confidence());
        }
        if (makeModel != null) {
            seen.model(model(makeModel.name()), makeModel.confidence());
        }
        if (color != null) {
            seen.color(color.name(), color.confidence());
        }
        if (body != null) {
            seen.type(type(body.name()), body.confidence());
        }
        return seen.vehicle();
    }

    /** The model without its make: {@code bmw_x3} is the X3 of BMW. */
    private static String model(String makeAndModel) {
        return makeAndModel.substring(makeAndModel.indexOf('_') + 1).replace('_', ' ');
    }

    /**
     * Translates the agent's American body types: its trucks are pickups, its lorries tractor
     * trailers.
     */
    private static String type(String body) {
        return switch (body) {
            case "sedan-sports" -> "COUPE";
            case "sedan-wagon" -> "WAGON";
            case "truck-standard" -> "PICKUP";
            case "tractor-trailer" -> "TRUCK";
            default -> {
                int dash = body.indexOf('-');
                yield dash < 0 ? body : body.substring(0, dash);
            }
        };
    }
}
