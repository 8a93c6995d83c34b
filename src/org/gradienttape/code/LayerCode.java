package org.gradienttape.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.CustomLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.OwnLayer;

/** The layers of networks that are Java code, compiled. Made when a model is used, and never before. */
public final class LayerCode {
    /** No layers. */
    public static final LayerCode NONE = new LayerCode();

    private final Map<Network.Node, CompiledCode> compiled = new HashMap<>();

    private LayerCode() {}

    /**
     * Compiles all layers in Java.
     *
     * @throws InvalidInputException if one does not compile, or uses what code may not use
     */
    public static LayerCode of(final List<Network> networks) {
        final LayerCode code = new LayerCode();
        networks.stream().flatMap(network -> network.codeLayers().stream()).forEach(node -> {
            final String source = ((CodeLayer) node.layer()).source();
            code.compiled.put(node, CodeCompiler.compile("layer " + node.name(), source));
        });
        return code;
    }

    /** All their code. */
    public List<CompiledCode> all() {
        return List.copyOf(compiled.values());
    }

    /**
     * A new object of a layer.
     *
     * @throws InvalidInputException if it cannot be made; names the line
     */
    public OwnLayer object(final Network.Node node) {
        final UserCode<CustomLayer> object = UserCode.one(compiled.get(node), CustomLayer.class);
        return object::call;
    }
}
