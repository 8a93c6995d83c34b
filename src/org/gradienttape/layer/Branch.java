package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/**
 * A network while it is drawn. Each layer has an identity beside its name, so that branches which come together share the
 * layers that they have in common, and no others.
 *
 * @param network the layers so far
 * @param origin the identity of its input
 * @param ids the identities of its layers, in their order
 */
public record Branch(Network network, String origin, List<String> ids) {
    public Branch {
        ids = List.copyOf(ids);
        if (ids.size() != network.nodes().size() || ids.stream().distinct().count() != ids.size()) {
            throw new InvalidInputException("Each of the " + network.nodes().size()
                    + " layers needs an identity of its own, but the identities are " + ids
                    + "; run the node that made the model again.");
        }
    }

    /**
     * A network that belongs to nothing else.
     *
     * @param maker of the network, such as a node of a workflow; not two networks have the same one
     */
    public static Branch of(final Network network, final String maker) {
        return new Branch(network, maker, ids(network, maker));
    }

    private static List<String> ids(final Network network, final String maker) {
        return IntStream.range(0, network.nodes().size())
                .mapToObj(i -> maker + "/" + i)
                .toList();
    }

    /**
     * The branch up to a layer, and what that needs.
     *
     * @throws InvalidInputException if there is no layer of this name
     */
    public Branch upTo(final String name) {
        final Network kept = network.upTo(name);
        final List<String> keptIds = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (kept.nodes().contains(network.nodes().get(i))) {
                keptIds.add(ids.get(i));
            }
        }
        return new Branch(kept, origin, keptIds);
    }

    /** The same with no frozen layer. */
    public Branch thawed() {
        return new Branch(network.thawed(), origin, ids);
    }

    /**
     * The same with frozen layers.
     *
     * @param name of the last one that is frozen, with all that it needs
     * @throws InvalidInputException if there is no layer of this name
     */
    public Branch frozenUpTo(final String name) {
        return new Branch(network.frozenUpTo(name), origin, ids);
    }

    /**
     * This with all layers of another network behind its end.
     *
     * @param more its input has the shape of this branch's output
     * @param maker of these layers
     */
    public Branch with(final Network more, final String maker) {
        final NetworkDrawing drawing = NetworkDrawing.on(network);
        final Map<String, String> names = new HashMap<>(Map.of(Network.INPUT, network.end()));
        more.nodes().forEach(node -> drawing.addFrom(node, names));
        final List<String> all = new ArrayList<>(ids);
        all.addAll(ids(more, free(maker, ids)));
        return new Branch(drawing.network(), origin, all);
    }

    /** A loop of a workflow may add the same layer again. */
    static String free(final String maker, final Collection<String> taken) {
        String free = maker;
        while (taken.contains(free + "/0")) {
            free += "'";
        }
        return free;
    }
}
