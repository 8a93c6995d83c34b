package org.gradienttape.nodes.datasetreader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParametersInput;

/** What the dialog offers, with and without an input port. */
class TableParametersTest {
    @Test
    void columnsThatFitAreOffered() {
        final NodeParametersInput input = input(new DataTableSpec(
                new DataColumnSpecCreator("name", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("count", IntCell.TYPE).createSpec(),
                new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("picture", PNGImageContent.TYPE).createSpec()));

        assertThat(new TableParameters.LabelColumns()
                        .columnChoices(input).stream().map(DataColumnSpec::getName))
                .containsExactly("name", "count");
        assertThat(new TableParameters.NumberColumns()
                        .columnChoices(input).stream().map(DataColumnSpec::getName))
                .containsExactly("count", "size");
        assertThat(new TableParameters.ImageColumns()
                        .columnChoices(input).stream().map(DataColumnSpec::getName))
                .containsExactly("picture");
    }

    /** KNIME throws at the spec of a port that the node does not have. */
    @Test
    void withoutAPortNothingIsOffered() {
        assertThat(new TableParameters.LabelColumns().columnChoices(input())).isEmpty();
        assertThat(new TableParameters.LabelColumns().columnChoices(input((DataTableSpec) null)))
                .isEmpty();
    }

    private static NodeParametersInput input(final DataTableSpec... specs) {
        return new NodeParametersInput() {
            @Override
            public PortObjectSpec[] getInPortSpecs() {
                return specs;
            }

            @Override
            public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
                return Optional.ofNullable(specs[portIndex]);
            }

            @Override
            public DataTableSpec[] getInTableSpecs() {
                return specs;
            }

            @Override
            public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
                return Optional.ofNullable(specs[portIndex]);
            }
        };
    }
}
