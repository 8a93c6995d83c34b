package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/** Branches that come together in a layer. Layers of the same identity are one layer. */
public final class Joint {
    private final List<Branch> branches;
    private final NetworkDrawing drawing;
    /** By identity, the names of the layers that are drawn. */
    private final Map<String, String> drawn = new LinkedHashMap<>();
    /** For each branch, by the names of its layers those that they have here. */
    private final List<Map<String, String>> names = new ArrayList<>();

    /**
     * Draws the branches into one.
     *
     * @param branches at least one
     * @throws InvalidInputException if they have not the same origin, or a layer that they share was changed in one of them
     */
    public Joint(final List<Branch> branches) {
        this.branches = List.copyOf(branches);
        this.drawing = new NetworkDrawing(branches.get(0).network().input());
        branches.forEach(this::draw);
    }

    private void draw(final Branch branch) {
        final Branch first = branches.get(0);
        if (!branch.origin().equals(first.origin())
                || !branch.network().input().equals(first.network().input())) {
            throw new InvalidInputException("Models that are joined must go back to one and the same input, but model "
                    + (names.size() + 1) + " begins with another one (of the shape "
                    + branch.network().input() + ") than model 1 (of the shape "
                    + first.network().input() + "); draw both from one model.");
        }
        final Map<String, String> here = new HashMap<>(Map.of(Network.INPUT, Network.INPUT));
        for (int i = 0; i < branch.ids().size(); i++) {
            final Network.Node node = branch.network().nodes().get(i);
            final String known = drawn.get(branch.ids().get(i));
            if (known == null) {
                drawing.addFrom(node, here);
                drawn.put(branch.ids().get(i), here.get(node.name()));
            } else {
                final List<String> from = node.from().stream().map(here::get).toList();
                if (!node.as(known, from).equals(drawing.node(known))) {
                    throw changed(node.name(), "its settings");
                }
                here.put(node.name(), known);
            }
        }
        names.add(here);
    }

    private InvalidInputException changed(final String layer, final String what) {
        return new InvalidInputException("The models share the layer " + layer + ", but " + what
                + " are not the same in all of them, so it was changed behind the place where they part; join them"
                + " before it is changed, or change it before they part.");
    }

    /**
     * The branches with a layer that takes the ends of all of them, in their order.
     *
     * @param name of the layer; empty for Keras' name
     * @param maker of the layer
     * @throws InvalidInputException if they do not fit; names all shapes
     */
    public Branch with(final Layer layer, final Optional<String> name, final String maker) {
        final List<String> ends = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            ends.add(names.get(i).get(branches.get(i).network().end()));
        }
        final NetworkDrawing all = drawing.copy();
        all.addNamed(name.orElseGet(() -> all.free(layer)), layer, ends);
        final List<String> ids = new ArrayList<>(drawn.keySet());
        ids.add(Branch.free(maker, ids) + "/0");
        return new Branch(all.network(), branches.get(0).origin(), ids);
    }

    /**
     * The weights of the joined network: those of the branches, and fresh ones for what is new.
     *
     * @param weights of each branch
     * @throws InvalidInputException if weights of a layer that they share differ
     */
    public Weights weights(final List<Weights> weights, final Network joined, final long seed) {
        final Map<String, float[]> known = new HashMap<>();
        for (int i = 0; i < branches.size(); i++) {
            for (final Network.Node node : branches.get(i).network().nodes()) {
                for (final WeightSpec weight : node.weights()) {
                    final float[] numbers = weights.get(i).get(node.weightName(weight));
                    final String name = names.get(i).get(node.name()) + "/" + weight.name();
                    final float[] other = known.putIfAbsent(name, numbers);
                    if (other != null && !Arrays.equals(other, numbers)) {
                        throw changed(node.name(), "its weights");
                    }
                }
            }
        }
        return Weights.completed(joined, known, seed);
    }
}
