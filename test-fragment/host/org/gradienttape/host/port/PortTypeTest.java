package org.gradienttape.host.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradienttape.host.api.port.PortDeclarations;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.image.ImagePortObject;

class PortTypeTest {
    private final PortTypeRegistry registry = PortTypeRegistry.getInstance();

    @Test
    void tablesAndImagesAreDeclared() {
        assertThat(BufferedDataTable.TYPE.getName()).isEqualTo("Data");
        assertThat(BufferedDataTable.TYPE.getPortObjectSpecClass()).isEqualTo(DataTableSpec.class);
        assertThat(ImagePortObject.TYPE.getName()).isEqualTo("Image");
        assertThat(ImagePortObject.TYPE.getColor()).isEqualTo(0x41be78);
        assertThat(registry.getObjectClass("org.knime.core.node.port.image.ImagePortObject"))
                .contains(ImagePortObject.class);
        assertThat(registry.getObjectClass("org.example.Nothing")).isEmpty();
    }

    @Test
    void aDeclarationGivesTypeAndSerializers() {
        PortDeclarations.add(NoteObject.declaration());

        final PortType type = registry.getPortType(NoteObject.class);

        assertThat(type.getName()).isEqualTo("Note");
        assertThat(type.getColor()).isEqualTo(0x123456);
        assertThat(type.acceptsPortObject(new NoteObject("x"))).isTrue();
        assertThat(type.acceptsPortObjectSpec(new DataTableSpec())).isFalse();
        assertThat(registry.availablePortTypes()).contains(type, BufferedDataTable.TYPE);
        assertThat(registry.getObjectSerializer(NoteObject.class)).isPresent();
        assertThat(registry.getSpecClass("org.gradienttape.host.port.NoteObject$Spec"))
                .contains(NoteObject.Spec.class);
    }

    @Test
    void anOptionalTypeIsAnotherTypeOfTheSameClass() {
        assertThat(BufferedDataTable.TYPE_OPTIONAL.isOptional()).isTrue();
        assertThat(BufferedDataTable.TYPE_OPTIONAL).isNotEqualTo(BufferedDataTable.TYPE);
        assertThat(BufferedDataTable.TYPE_OPTIONAL.isSuperTypeOf(BufferedDataTable.TYPE))
                .isTrue();
        assertThat(BufferedDataTable.TYPE.isSuperTypeOf(ImagePortObject.TYPE)).isFalse();
    }

    @Test
    void theTypeOfAllObjectsTakesEveryOther() {
        assertThat(registry.getPortType(PortObject.class).isSuperTypeOf(ImagePortObject.TYPE))
                .isTrue();
    }
}
