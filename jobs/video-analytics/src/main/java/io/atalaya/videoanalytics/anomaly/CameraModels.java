package io.atalaya.videoanalytics.anomaly;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cached camera: its learned state for each version of each model, and its open episode. */
final class CameraModels {
    private final Map<ModelKind, List<Version>> versions = new EnumMap<>(ModelKind.class);
    private final Set<ModelKind> changed = EnumSet.noneOf(ModelKind.class);
    private ActivityEpisode episode;
    private boolean isEpisodeChanged;
    private boolean isTouched;

    /** One version; its state is decoded at first use. */
    private static final class Version {
        private final String name;
        private byte[] storedBytes;
        private CameraAnomalyModel model;

        Version(String name, byte[] storedBytes) {
            this.name = name;
            this.storedBytes = storedBytes;
        }
    }

    /**
     * @param kept learned states, or null for kinds without any
     * @param episode the open episode, or null
     */
    CameraModels(Map<ModelKind, LearnedStates> kept, ActivityEpisode episode) {
        for (ModelKind kind : ModelKind.values()) {
            List<Version> known = new ArrayList<>(LearnedStates.MAX_STATES);
            if (kept.get(kind) != null) {
                for (LearnedStates.LearnedState each : kept.get(kind).byVersion()) {
                    known.add(new Version(each.version(), each.learned()));
                }
            }
            versions.put(kind, known);
        }
        this.episode = episode;
    }

    /**
     * The learned state for a served model, for changes; a new one if this version never scored the
     * camera.
     *
     * @param perDay alerts per day
     */
    CameraAnomalyModel model(ModelKind kind, ServedModels.Model servedModel, double perDay) {
        Version version = version(kind, servedModel.version());
        if (version.model == null) {
            version.model =
                    version.storedBytes == null
                            ? kind.fresh(servedModel.outputs(), perDay)
                            : kind.read(version.storedBytes, servedModel.outputs(), perDay);
            version.storedBytes = null;
        }
        changed.add(kind);
        isTouched = true;
        return version.model;
    }

    /**
     * The version of that name, moved to the front. Beyond the bound, the least recently used one
     * is evicted.
     */
    private Version version(ModelKind kind, String name) {
        List<Version> known = versions.get(kind);
        if (!known.isEmpty() && known.get(0).name.equals(name)) {
            return known.get(0);
        }
        Version found = null;
        for (int i = 0; i < known.size() && found == null; i++) {
            if (known.get(i).name.equals(name)) {
                found = known.remove(i);
            }
        }
        if (found == null) {
            found = new Version(name, null);
            if (known.size() == LearnedStates.MAX_STATES) {
                known.remove(known.size() - 1);
            }
        }
        known.add(0, found);
        return found;
    }

    /** Deletes what was learned for a version that does not work. */
    void evict(ModelKind kind, String version) {
        changed.add(kind);
        versions.get(kind).removeIf(each -> each.name.equals(version));
    }

    /** Whether the camera is known well enough to alert to the version used last. */
    boolean isKnown(ModelKind kind) {
        List<Version> known = versions.get(kind);
        return !known.isEmpty() && known.get(0).model != null && known.get(0).model.isKnown();
    }

    /**
     * Share of the alert budget that a model has at this camera, in multiples of its configured
     * share. It includes its part of the shares of models that do not know the camera yet, so that
     * the whole budget is used as soon as the first model knows it.
     *
     * @param budgets the configured shares, alerts per day
     */
    double share(ModelKind kind, Map<ModelKind, Double> budgets) {
        double all = 0;
        double used = 0;
        for (Map.Entry<ModelKind, Double> each : budgets.entrySet()) {
            all += each.getValue();
            used +=
                    each.getKey() == kind || hasLearned(each.getKey(), each.getValue())
                            ? each.getValue()
                            : 0;
        }
        return all / used;
    }

    private boolean hasLearned(ModelKind kind, double perDay) {
        List<Version> known = versions.get(kind);
        if (known.isEmpty()) {
            return false;
        }
        Version last = known.get(0);
        return last.model == null
                ? CameraAnomalyModel.isKnown(last.storedBytes, perDay)
                : last.model.isKnown();
    }

    /** The open episode of unusual activity, or null. */
    ActivityEpisode episode() {
        return episode;
    }

    void episode(ActivityEpisode now) {
        isEpisodeChanged |= now != episode;
        episode = now;
    }

    boolean isChanged(ModelKind kind) {
        return changed.contains(kind);
    }

    boolean isEpisodeChanged() {
        return isEpisodeChanged;
    }

    LearnedStates learnedStates(ModelKind kind) {
        return new LearnedStates(
                versions.get(kind).stream()
                        .map(
                                each ->
                                        new LearnedStates.LearnedState(
                                                each.name,
                                                each.model == null
                                                        ? each.storedBytes
                                                        : each.model.toBytes()))
                        .toList());
    }

    /** Marks the state as written back. */
    void written() {
        changed.clear();
        isEpisodeChanged = false;
    }

    /** Whether it was used since the last call. */
    boolean wasTouched() {
        boolean was = isTouched;
        isTouched = false;
        return was;
    }
}
