package org.gradienttape.host.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.swing.JComponent;
import org.gradienttape.host.api.port.PortDeclarations;
import org.gradienttape.host.table.TestTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;

class PortObjectCopyTest {
    @BeforeAll
    static void declare() {
        PortDeclarations.add(NoteObject.declaration());
        PortDeclarations.add(FileObject.declaration());
    }

    @Test
    void theCopyIsEqualButAnotherObject() throws Exception {
        final NoteObject note = new NoteObject("hello");

        final PortObject copy = copy(note);

        assertThat(copy).isNotSameAs(note).isEqualTo(note).hasSameHashCodeAs(note);
        assertThat(copy.getSpec()).isNotSameAs(note.getSpec()).isEqualTo(note.getSpec());
        assertThat(((NoteObject) copy).text()).isEqualTo("hello");
        assertThat(copy).isNotEqualTo(new NoteObject("hallo"));
    }

    @Test
    void attachesFileStoresAfterLoadingThenCallsPostConstruct() throws Exception {
        try (FileStores fileStores = new FileStores()) {
            final FileObject object =
                    new FileObject("content", fileStores.create().create("text"));
            PortObjectCopy.flush(object);
            PortObjectCopy.flush(object);

            final FileObject copy = (FileObject) copy(object);

            assertThat(object.events()).containsExactly("flush", "saved");
            assertThat(copy.events()).containsExactly("loaded with 0 file stores", "postConstruct with 1 file stores");
            assertThat(copy.text()).isEqualTo("content");
            assertThat(copy).isEqualTo(object);
        }
    }

    @Test
    void aCopyIsNotFlushedAgain() throws Exception {
        try (FileStores fileStores = new FileStores()) {
            final FileObject object =
                    new FileObject("content", fileStores.create().create("text"));
            PortObjectCopy.flush(object);

            final FileObject copy = (FileObject) copy(object);
            PortObjectCopy.flush(copy);

            assertThat(copy.events()).doesNotContain("flush");
        }
    }

    @Test
    void aTableIsNotCopied() throws Exception {
        final BufferedDataTable table = TestTables.of(new DataTableSpec());

        assertThat(copy(table)).isSameAs(table);
    }

    @Test
    void copiesAnImage() throws Exception {
        final ImagePortObject image =
                new ImagePortObject(TestTables.image(3, 2), new ImagePortObjectSpec(PNGImageContent.TYPE));

        final ImagePortObject copy = (ImagePortObject) copy(image);

        assertThat(copy.toDataCell()).isEqualTo(image.toDataCell());
        assertThat(copy.getSpec().getDataType()).isEqualTo(PNGImageContent.TYPE);
        assertThat(copy.getSummary()).startsWith("PNG Image 3 x 2 with ");
    }

    @Test
    void refusesAnUndeclaredClass() {
        final PortObject undeclared = new PortObject() {
            @Override
            public String getSummary() {
                return "";
            }

            @Override
            public PortObjectSpec getSpec() {
                return new DataTableSpec();
            }

            @Override
            public JComponent[] getViews() {
                return new JComponent[0];
            }
        };

        assertThatThrownBy(() -> copy(undeclared))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Expected a declared serializer for the port object class ");
    }

    private static PortObject copy(final PortObject object) throws IOException, CanceledExecutionException {
        return PortObjectCopy.of(object, new ExecutionMonitor());
    }
}
