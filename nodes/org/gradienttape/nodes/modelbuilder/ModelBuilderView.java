package org.gradienttape.nodes.modelbuilder;

import java.util.List;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.model.NetworkJson;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What Model Builder and Layer show: a diagram of the network. */
final class ModelBuilderView {
    /**
     * What the page shows; it reaches the page as JSON, with these names.
     *
     * @param network as it stands in a model file; here for the arguments of the layers
     * @param input the shape of one input sample
     * @param trainable how many numbers the optimizer changes
     */
    public record Shown(String title, String network, List<Integer> input, List<Layer> layers, long trainable) {}

    /**
     * One layer.
     *
     * @param output the shape of one output sample
     * @param parameters how many numbers its weights hold
     * @param connected the layers whose output it takes, or "input"
     * @param trainable whether the optimizer changes any of them
     */
    public record Layer(
            String name,
            String type,
            List<Integer> output,
            long parameters,
            List<String> connected,
            boolean trainable) {}

    private ModelBuilderView() {}

    static DefaultView declare(final RequireViewParameters view, final String title) {
        return ViewPage.NETWORK.declare(
                view,
                title,
                "The layers with their arguments, the shapes between them, and how many parameters each has.",
                kept -> shown(title, ((ModelPortObject) kept[0]).model().network()));
    }

    private static Shown shown(final String title, final Network network) {
        return new Shown(
                title,
                NetworkJson.write(network),
                network.input().dimensions(),
                LayerSummary.of(network).rows().stream()
                        .map(ModelBuilderView::layer)
                        .toList(),
                network.nodes().stream()
                        .flatMap(node -> node.weights().stream())
                        .filter(WeightSpec::trainable)
                        .mapToLong(weight -> weight.shape().size())
                        .sum());
    }

    private static Layer layer(final LayerSummary.Row row) {
        return new Layer(
                row.name(),
                row.type(),
                row.output().dimensions(),
                row.parameters(),
                row.connectedTo(),
                row.trainable());
    }
}
